/** How many complete generations are kept. */
export const KEPT_GENERATIONS = 3;

const DIGITS = 8;

export const nameOf = (number: number): string => String(number).padStart(DIGITS, "0");

/** The numbers of the complete generations among a folder's entries, newest first. */
export const numbersIn = (entries: readonly string[]): number[] =>
  entries
    .filter((entry) => /^\d{8,}$/.test(entry))
    .map(Number)
    .sort((a, b) => b - a);

/** What a writer or a cleaner that was killed has left behind. */
export const leftoversIn = (entries: readonly string[]): string[] =>
  entries.filter((entry) => entry.startsWith(".writing-") || entry.startsWith(".deleting-"));
