import { withoutSecrets } from "./secrets.ts";

/** A longer value is shortened. */
const mostCharacters = 160;
/** A command, or a sentence that says what to do, is of use only as a whole. */
const mostOfAWhole = 2000;

/**
 * Signs that would end a code span, break its line, or show in another order or nowhere: control signs, those that turn
 * the direction of text, separators, and halves of signs. The backtick, too.
 */
const unsafe = /[\p{C}\p{Zl}\p{Zp}\u0060]/gu;

/**
 * A text that comes from the plan, as a code span of Markdown: nothing in it is read as Markdown, HTML, a link or a mention.
 * Secrets that are known by their form are hidden. The text of a code span has no line ends and no backticks, so that
 * nothing can end it.
 *
 * @param text of any origin
 */
export const code = (text: string): string => codeSpan(text, mostCharacters);

/** Likewise for a command or a message, of which more is shown. */
export const codeInFull = (text: string): string => codeSpan(text, mostOfAWhole);

function codeSpan(text: string, most: number): string {
  // Cut generously first: no more is shown, and a secret that begins before the cut is still seen whole.
  const clean = withoutSecrets(text.slice(0, 20 * most));
  const signs = [...clean];
  const shown = signs.slice(0, most).join("").replace(unsafe, escapeSign);
  const more = signs.length > most || text.length > 20 * most;
  const note = more ? ` (shortened, ${text.length} characters)` : "";
  return `${span(shown)}${note}`;
}

/** Code spans of blanks alone or of nothing are none; one that begins and ends with a blank loses both. */
function span(text: string): string {
  if (text.trim() === "") return text === "" ? '`""`' : `\`"${text}"\``;
  return `\`${text}\``;
}

function escapeSign(sign: string): string {
  const point = sign.codePointAt(0) ?? 0;
  if (sign === "\n") return "\\n";
  return `\\u${point.toString(16).padStart(4, "0")}`;
}

/** Likewise for a cell of a table, which a pipe would end even in a code span, and even behind a backslash. */
export const cell = (text: string): string => code(text).replaceAll("|", "\\u007c");
