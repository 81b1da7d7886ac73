/** Major, minor, patch. */
export type Version = readonly [number, number, number];

/** The first `1.2.3` or `1.2` in a text, for example in `Python 3.11.7`. */
export function parseVersion(text: string): Version | undefined {
  const found = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)] : undefined;
}

export function isAtLeast(version: Version, minimum: Version): boolean {
  for (const [index, least] of minimum.entries()) {
    const part = version[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

/** `3.10` rather than `3.10.0`. */
export function versionText([major, minor, patch]: Version): string {
  return patch === 0 ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}
