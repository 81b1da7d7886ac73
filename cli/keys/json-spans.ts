/** Where a value stands in a JSON text, and where those within it do. */
export interface JsonSpan {
  readonly start: number;
  /** Behind the last character. */
  readonly end: number;
  /** Of an object, by key; of a key that stands twice the last one, as JSON.parse has it. */
  readonly members: ReadonlyMap<string, JsonSpan>;
  /** Of an array. */
  readonly items: readonly JsonSpan[];
}

const blank = /[ \t\r\n]*/y;
const stringToken = /"(?:[^"\\]|\\.)*"/y;
const wordToken = /[^\s,:[\]{}"]+/y;

/**
 * The spans of a text that JSON.parse takes.
 *
 * @param text valid JSON; of any other the answer means nothing
 */
export function jsonSpans(text: string): JsonSpan {
  let at = 0;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const [found = ""] = pattern.exec(text) ?? [];
    at += found.length;
    return found;
  };
  /** Steps over a comma; false at the end of an array or an object, which it steps over, too. */
  const goesOn = (close: string): boolean => {
    take(blank);
    const sign = text[at];
    at += 1;
    if (sign === ",") take(blank);
    return sign !== undefined && sign !== close;
  };
  const readValue = (): JsonSpan => {
    const start = at;
    const members = new Map<string, JsonSpan>();
    const items: JsonSpan[] = [];
    const open = text[at];
    if (open === "{" || open === "[") {
      const close = open === "{" ? "}" : "]";
      at += 1;
      take(blank);
      let more = text[at] !== close;
      if (!more) at += 1;
      while (more) {
        if (open === "{") {
          const key = JSON.parse(take(stringToken)) as string;
          take(blank);
          at += 1;
          take(blank);
          members.set(key, readValue());
        } else {
          items.push(readValue());
        }
        more = goesOn(close);
      }
    } else {
      take(open === '"' ? stringToken : wordToken);
    }
    return { start, end: at, members, items };
  };
  take(blank);
  return readValue();
}
