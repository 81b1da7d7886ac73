/** What share of the letters that have two cases are capitals, in percent, and how many such letters there are. */
function countCapitals(text: string): { percent: number; letters: number } {
  const all = [...text];
  const upper = all.filter((character) => character !== character.toLowerCase()).length;
  const lower = all.filter((character) => character !== character.toUpperCase()).length;
  // A title-case letter counts as both; it is rare enough.
  const letters = upper + lower;
  return { percent: letters === 0 ? 0 : (upper / letters) * 100, letters };
}

export interface CapitalsRule {
  readonly maximumPercent: number;
  readonly minimumLetters: number;
}

/** Whether a message shouts. */
export function isShouting(text: string, { maximumPercent, minimumLetters }: CapitalsRule): boolean {
  if (maximumPercent >= 100) return false;
  const { percent, letters } = countCapitals(text);
  return letters >= minimumLetters && percent > maximumPercent;
}

/** Small letters, one for one: a letter whose small form is longer stays, so that a message never grows. */
export const toSmallLetters = (text: string): string =>
  [...text]
    .map((character) => (character.toLowerCase().length > character.length ? character : character.toLowerCase()))
    .join("");
