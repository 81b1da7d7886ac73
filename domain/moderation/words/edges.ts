import type { Unit } from "./letters.ts";

/** For each character of a text, whether a word may begin or end there. */
export interface Edges {
  readonly opens: readonly boolean[];
  readonly closes: readonly boolean[];
}

/** What stands between words and between the letters of a word that is spelled out; so does the end of the text. */
export const isGap = (unit: Unit | undefined): boolean =>
  unit?.kind !== "letter" && unit?.kind !== "ideograph" && unit?.kind !== "digit";

/** Whether each letter stands alone between gaps, perhaps repeated: the "h" of "s h e l l" and of "s hhh e l l". */
function loneLetters(units: readonly Unit[]): boolean[] {
  const lone = units.map(() => false);
  let start = 0;
  units.forEach((unit, index) => {
    if (isGap(unit)) start = index + 1;
    else if (isGap(units[index + 1])) {
      const token = units.slice(start, index + 1);
      const isLone = token.every(({ kind, readings }) => kind !== "digit" && readings[0] === unit.readings[0]);
      lone.fill(isLone, start, index + 1);
    }
  });
  return lone;
}

/**
 * The places where a word may begin, reading forward, or where it may end, reading backward: next to anything but a
 * letter, and not between two letters that both stand alone, because "s.h.e.l.l" is one word. Letters that are spelled
 * out with spaces are one word too, where that is how the word is looked for.
 */
function edgesOf(units: readonly Unit[], lone: readonly boolean[], step: 1 | -1, acrossSpaces: boolean): boolean[] {
  const order = step === 1 ? [...units.keys()] : [...units.keys()].toReversed();
  const isEdge = units.map(() => true);
  let loneHere = false;
  let loneBefore = false;
  for (const index of order) {
    const unit = units[index];
    if (!isGap(unit) && isGap(units[index - step])) {
      loneBefore = loneHere;
      loneHere = lone[index] ?? false;
    }
    if (unit?.kind === "space" && !acrossSpaces) loneHere = false;
    isEdge[index] = units[index - step]?.kind !== "letter" && !(!isGap(unit) && loneHere && loneBefore);
  }
  return isEdge;
}

/** The edges of words whose letters stand side by side or have marks between, and of words that are spelled out. */
export function findEdges(units: readonly Unit[]): { readonly joined: Edges; readonly spelledOut: Edges } {
  const lone = loneLetters(units);
  const edges = (acrossSpaces: boolean): Edges => ({
    opens: edgesOf(units, lone, 1, acrossSpaces),
    closes: edgesOf(units, lone, -1, acrossSpaces),
  });
  return { joined: edges(false), spelledOut: edges(true) };
}
