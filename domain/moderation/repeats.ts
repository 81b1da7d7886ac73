const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Shortens each run of one character, as people see characters, to the limit. Capitals and small letters are one. */
export function shortenRuns(text: string, limit: number): string {
  let run = 0;
  let previous = "";
  let short = "";
  for (const { segment } of characters.segment(text)) {
    const character = segment.toLowerCase();
    run = character === previous ? run + 1 : 1;
    previous = character;
    if (run <= limit) short += segment;
  }
  return short;
}
