/** What this browser keeps of a viewer's choices. Where it keeps nothing (private windows), the choice lasts for the page. */
const forThisPage = new Map<string, string>();

export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(`onair.${name}`) ?? forThisPage.get(name);
  } catch {
    return forThisPage.get(name);
  }
}

export function remember(name: string, value: string): void {
  forThisPage.set(name, value);
  try {
    localStorage.setItem(`onair.${name}`, value);
  } catch {
    // Kept for this page only.
  }
}
