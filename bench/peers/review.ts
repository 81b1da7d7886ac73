const readings: Readonly<Record<string, string>> = {
  a: "a4@",
  b: "b8",
  e: "e3",
  i: "i1!|",
  l: "l1|",
  o: "o0",
  s: "s5$",
  t: "t7+",
};

/**
 * How blocked words in disguise are usually found: one regular expression for each word, with digits for letters,
 * repeated letters and anything between.
 */
export function regularExpressions(words: readonly string[]): (text: string) => boolean {
  const patterns = words.map((word) => {
    const letters = [...word].map((letter) => `[${readings[letter] ?? letter}]+`);
    return new RegExp(`(?<![a-z])${letters.join("[^a-z]*")}(?![a-z])`, "i");
  });
  return (text) => patterns.some((pattern) => pattern.test(text));
}
