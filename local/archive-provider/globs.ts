/** Thrown for a pattern that never ends a class or a choice, or ends in a backslash. */
export class PatternError extends Error {
  readonly code = "ERR_PATTERN";

  constructor() {
    super("syntax error in pattern");
  }
}

const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");

/** The index after the class that begins at start, with its escapes. */
const endOfClass = (pattern: string, start: number): number => {
  let index = start + 1;
  if (pattern[index] === "!" || pattern[index] === "^") index += 1;
  if (pattern[index] === "]") throw new PatternError();
  while (index < pattern.length && pattern[index] !== "]") index += pattern[index] === "\\" ? 2 : 1;
  if (index >= pattern.length) throw new PatternError();
  return index + 1;
};

/** The alternatives of the choice that begins at start, and the index after it. */
const readChoice = (pattern: string, start: number): { alternatives: string[]; end: number } => {
  const alternatives = [""];
  let depth = 1;
  for (let index = start + 1; index < pattern.length; index += 1) {
    let piece = pattern.charAt(index);
    if (piece === "\\") piece += pattern.charAt(++index);
    if (piece === "{") depth += 1;
    if (piece === "}") depth -= 1;
    if (depth === 0) return { alternatives, end: index + 1 };
    if (piece === "," && depth === 1) alternatives.push("");
    else alternatives.push(`${alternatives.pop() ?? ""}${piece}`);
  }
  throw new PatternError();
};

/** Writes out the first choice `{a,b}` of a pattern, then those that are left. */
const expandChoices = (pattern: string): string[] => {
  for (let index = 0; index < pattern.length; index += 1) {
    if (pattern[index] === "\\") index += 1;
    else if (pattern[index] === "[") index = endOfClass(pattern, index) - 1;
    else if (pattern[index] === "{") {
      const { alternatives, end } = readChoice(pattern, index);
      return alternatives.flatMap((each) => expandChoices(pattern.slice(0, index) + each + pattern.slice(end)));
    }
  }
  return [pattern];
};

const classSource = (pattern: string): string => {
  const negated = /^\[[!^]/.test(pattern);
  const members = [...pattern.slice(negated ? 2 : 1, -1).matchAll(/\\(.)|(.)/gsu)];
  const source = members.map(([, escaped, plain], index) => {
    const isRange = plain === "-" && index > 0 && index < members.length - 1;
    return isRange ? "-" : (escaped ?? plain ?? "").replace(/[\\\]^-]/, "\\$&");
  });
  return negated ? `[^/${source.join("")}]` : `(?!/)[${source.join("")}]`;
};

const FOLDERS = "(?:[^/]*/)*";

/** A regular expression's source for a pattern without choices. */
const patternSource = (pattern: string): string => {
  // At the end of a pattern these match the folder itself as well.
  const tail = /(?<!\\)\/\*\*\/?$/.exec(pattern)?.[0] ?? "";
  const body = pattern.slice(0, pattern.length - tail.length);
  let source = "";
  for (let index = 0; index < body.length; ) {
    const rest = body.slice(index);
    const startsSegment = index === 0 || body[index - 1] === "/";
    const character = String.fromCodePoint(body.codePointAt(index) ?? 0);
    let length = character.length;
    if (startsSegment && rest === "**") {
      source += ".*";
      length = 2;
    } else if (startsSegment && rest.startsWith("**/")) {
      source += FOLDERS;
      length = 3;
    } else if (character === "*") source += "[^/]*";
    else if (character === "?") source += "[^/]";
    else if (character === "[") {
      length = endOfClass(body, index) - index;
      source += classSource(rest.slice(0, length));
    } else if (character === "\\") {
      if (rest.length < 2) throw new PatternError();
      const escaped = String.fromCodePoint(body.codePointAt(index + 1) ?? 0);
      source += literal(escaped);
      length = 1 + escaped.length;
    } else source += literal(character);
    index += length;
  }
  return `${source}${tail === "" ? "" : tail.endsWith("*") ? "(?:/.*)?" : `(?:/${FOLDERS})?`}`;
};

const compile = (pattern: string): RegExp => {
  try {
    return new RegExp(`^(?:${expandChoices(pattern).map(patternSource).join("|")})$`, "su");
  } catch {
    throw new PatternError();
  }
};

/**
 * A test of paths against `excludes`: `*` and `?` stay inside one name, a name `**` stands for any number of folders,
 * `[a-z]`, `[!a]`, `{a,b}` and backslash as usual. A pattern is held against the whole path relative to source_dir, so
 * `*.map` excludes only at the top; `node_modules` and `node_modules/**` both exclude the folder. Empty patterns are ignored.
 * @throws {PatternError} "syntax error in pattern".
 */
export const matcher = (patterns: readonly string[]): ((path: string) => boolean) => {
  const expressions = patterns.filter((pattern) => pattern !== "").map(compile);
  return (path) => expressions.some((expression) => expression.test(path));
};
