/**
 * Letters of other alphabets, phonetic and small capitals, and turned letters that are read as a Latin one.
 * What Unicode itself calls a compatibility form (full width, mathematical, circled) is not here: NFKD folds it.
 */
const sameShape: Record<string, string> = {
  a: "аαΑɑɐᴀꭺᎪⱥȺ",
  b: "вьъβΒʙɓƀƃᏴ",
  c: "сϲᴄɔƈȼᏟⅽ",
  d: "ԁᴅđɗɖðᎠ",
  e: "еєεΕᴇəǝɛɇҽᎬ",
  f: "ƒꜰғϝ",
  g: "ɡɢǥɠցԍᏀ",
  h: "нһΗħʜɦɥհᎻ",
  i: "іιΙıɪɩɨᎥӀ",
  j: "јϳᴊɉյᎫ",
  k: "кκΚᴋʞҡқƙᏦ",
  l: "łӏʟɫƚⱡᏞ",
  m: "мΜᴍɯɱᎷ",
  n: "пηΝɴŋɲոπ",
  o: "оοΟσøᴏɵօƟ",
  p: "рρΡᴘƥᏢ",
  q: "ԛզɋ",
  r: "гʀɹɍɾᎡᏒ",
  s: "ѕꜱʂςᏚႽ",
  t: "тτΤᴛŧʇƭⱦᎢ",
  u: "υμᴜʉսʊ",
  v: "νѵᴠʋⅴᏙ",
  w: "ԝωᴡաɰᏔ",
  x: "хχΧⅹ",
  y: "уүγΥʏʎɏƴᎩᏤ",
  z: "ΖᴢƶʐᏃ",
};

/** Digits and signs that stand for a letter, with every letter that they are used for. */
const standIns: Record<string, readonly string[]> = {
  "0": ["o"],
  "1": ["i", "l"],
  "2": ["z"],
  "3": ["e"],
  "4": ["a"],
  "5": ["s"],
  "6": ["g", "b"],
  "7": ["t"],
  "8": ["b"],
  "9": ["g"],
  "@": ["a"],
  $: ["s"],
  "!": ["i"],
  "|": ["i", "l"],
  "+": ["t"],
  "(": ["c"],
  "€": ["e"],
  "£": ["l"],
  "¢": ["c"],
  "¥": ["y"],
  "†": ["t"],
};

const letterByShape = new Map(
  Object.entries(sameShape).flatMap(([letter, shapes]) => [...shapes].map((shape) => [shape, letter] as const)),
);

/** First code point of alphabets of pictures: negative circled, negative squared, regional indicators (flags). */
const pictureAlphabets = [0x1f150, 0x1f170, 0x1f1e6];

/** The Latin letter that a letter looks like, or itself. */
export const shapeOf = (letter: string): string => letterByShape.get(letter) ?? letter;

/** The letters that a digit or sign may stand for. */
export function standInFor(character: string): readonly string[] {
  const known = standIns[character];
  if (known) return known;
  const codePoint = character.codePointAt(0) ?? 0;
  const start = pictureAlphabets.find((first) => codePoint >= first && codePoint < first + 26);
  return start === undefined ? [] : [String.fromCharCode(97 + codePoint - start)];
}
