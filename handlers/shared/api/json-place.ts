/** A place in a text; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const blanks = /[ \t\n\r]*/y;
const text = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const plain = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

/** What may come next: a value, a value or `]`, a name, a name or `}`, or what follows a value. */
type Wanted = "value" | "value]" | "name" | "name}" | "after";

function placeOf(json: string, offset: number): Place {
  const lines = json.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/**
 * Where a text stops being JSON; undefined when it does not. The engine's own message tells it of some errors only, and
 * repeats what was written.
 */
export function jsonErrorPlace(json: string): Place | undefined {
  const open: ("{" | "[")[] = [];
  let wanted: Wanted = "value";
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const taken = pattern.test(json);
    if (taken) at = pattern.lastIndex;
    return taken;
  };
  for (;;) {
    take(blanks);
    const sign = json[at];
    const inside = open.at(-1);
    if (wanted === "after" && inside === undefined) return sign === undefined ? undefined : placeOf(json, at);
    if (wanted === "after" && sign === ",") {
      at++;
      wanted = inside === "{" ? "name" : "value";
    } else if ((sign === "}" && inside === "{") || (sign === "]" && inside === "[")) {
      if (wanted === "value" || wanted === "name") return placeOf(json, at);
      at++;
      open.pop();
      wanted = "after";
    } else if (wanted === "name" || wanted === "name}") {
      if (!take(text)) return placeOf(json, at);
      take(blanks);
      if (json[at] !== ":") return placeOf(json, at);
      at++;
      wanted = "value";
    } else if (wanted === "after") {
      return placeOf(json, at);
    } else if (sign === "{" || sign === "[") {
      at++;
      open.push(sign);
      wanted = sign === "{" ? "name}" : "value]";
    } else {
      if (!take(text) && !take(plain)) return placeOf(json, at);
      wanted = "after";
    }
  }
}
