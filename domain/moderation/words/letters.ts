import { shapeOf, standInFor } from "./look-alikes.ts";

/**
 * One character of a text as the word matcher sees it.
 *
 * - `letter`: of a script that parts words by spaces; next to one, a word has not ended.
 * - `ideograph`: of a script without such spaces, or (Korean) with endings joined to the word; no boundary is needed.
 * - `digit`, `mark`: may stand for letters; a mark between two letters is also passed over ("f.u.c.k").
 * - `quote`: apostrophes, part of a word: "he'll" is not "hell".
 * - `cut`: belongs to an exception; nothing matches across it.
 */
export interface Unit {
  readonly kind: "letter" | "ideograph" | "digit" | "mark" | "space" | "quote" | "cut";
  /** What the character may be read as, folded; the plainest reading first. */
  readonly readings: readonly string[];
}

/** Long enough for a phrase; bounds what one character of a text can cost. */
export const longestWord = 40;
const shortestWord = 2;

const accents = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?!\s)\p{Cc}/gu;
const apostrophes = /['`\u00b4\u2018\u2019\u201b\u02b9\u02bb-\u02bd\u02c8\u2032\uff07]/g;
/** Signs whose compatibility form has a space or letters, which would part or lengthen a word, or is a whole sentence. */
const signs =
  /[\u00a8\u00af\u00b4\u00b8\u02d8-\u02dd\u037a\u0384\u0385\u1fbd-\u1fc1\u1fcd-\u1fcf\u1fdd-\u1fdf\u1fed-\u1fef\u1ffd\u1ffe\u2120\u2122\ufdf0-\ufdfd]/g;
const letterPairs: Readonly<Record<string, string>> = { ß: "ss", ẞ: "SS", æ: "ae", Æ: "AE", œ: "oe", Œ: "OE" };

/** Thai, Lao; Myanmar; Hangul; Khmer; kana, Hangul and Han; Hangul; Han. As ranges: their Unicode properties load slowly. */
const unspacedScripts: readonly (readonly [first: number, last: number])[] = [
  [0x0e00, 0x0eff],
  [0x1000, 0x109f],
  [0x1100, 0x11ff],
  [0x1780, 0x17ff],
  [0x2e80, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7ff],
  [0xf900, 0xfaff],
  [0x1b000, 0x1b16f],
  [0x20000, 0x3ffff],
];

function isUnspaced(character: string): boolean {
  const codePoint = character.codePointAt(0) ?? 0;
  return codePoint >= 0x0e00 && unspacedScripts.some(([first, last]) => codePoint >= first && codePoint <= last);
}

function simplify(text: string): string {
  return text
    .replace(apostrophes, "'")
    .replace(signs, "-")
    .normalize("NFKD")
    .replace(accents, "")
    .replace(invisible, "")
    .normalize("NFC")
    .replace(/[ßẞæÆœŒ]/g, (letter) => letterPairs[letter] ?? letter);
}

const isUpper = (character: string | undefined) => character !== undefined && character !== character.toLowerCase();
const isLower = (character: string | undefined) => character !== undefined && character !== character.toUpperCase();

/** I and l are told apart by nothing but their neighbours: a capital I amid small letters may be an l, and back. */
function caseTwin(character: string, before: string | undefined, after: string | undefined): string | undefined {
  if (character === "I" && (isLower(before) || isLower(after))) return "l";
  if (character === "l" && (isUpper(before) || isUpper(after))) return "i";
  return undefined;
}

function unitOf(character: string, before: string | undefined, after: string | undefined): Unit {
  if (/\s/u.test(character)) return { kind: "space", readings: [" "] };
  if (character === "'") return { kind: "quote", readings: ["'"] };
  if (/\p{N}/u.test(character)) return { kind: "digit", readings: [character, ...standInFor(character)] };
  if (!/[\p{L}\p{M}]/u.test(character)) return { kind: "mark", readings: standInFor(character) };
  const lower = character.toLowerCase();
  const twin = caseTwin(character, before, after);
  return {
    kind: isUnspaced(character) ? "ideograph" : "letter",
    readings: [...new Set([shapeOf(lower), shapeOf(character).toLowerCase(), ...(twin ? [twin] : [])])],
  };
}

/** A text as the matcher reads it: accents, invisible characters, alphabets and letter case folded away. */
export function unitsOf(text: string): Unit[] {
  const characters = [...simplify(text)];
  return characters.map((character, index) => unitOf(character, characters[index - 1], characters[index + 1]));
}

/** Needs no folding: a list of a thousand such words is read in a millisecond when the function starts. */
const plainWord = /^[a-z0-9 ]+$/;

/** The folded letters of a word from settings (a phrase keeps its spaces), or undefined if it cannot be matched. */
export function lettersOfWord(word: string): readonly string[] | undefined {
  const units = plainWord.test(word) ? undefined : unitsOf(word.toLowerCase());
  const letters = units?.map((unit) => unit.readings[0] ?? "") ?? [...word];
  const plain = units?.every(({ kind }) => kind !== "mark") ?? true;
  const spaced = / {2}|^ | $/.test(letters.join(""));
  return plain && !spaced && letters.length >= shortestWord && letters.length <= longestWord ? letters : undefined;
}
