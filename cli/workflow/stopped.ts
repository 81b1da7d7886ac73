import { MOST_CHARACTERS } from "./gh.ts";

/** What a command says last is its error: what, why and the cure. */
const MOST_LINES = 8;
const MOST_OF_A_LINE = 500;

// biome-ignore lint/suspicious/noControlCharactersInRegex: colors begin with one
const COLORS = /\u001b\[[0-9;]*m/g;

/**
 * What a pull request is told whose changes were not applied.
 *
 * @param answered Markdown, as `onair apply` answers where it is not what was reviewed; may be empty
 * @param said what was said besides: shown as it is, its last lines alone, and never read as Markdown
 */
export function stoppedBody(commit: string, answered: string, said: string): string {
  const lines = said
    .replace(COLORS, "")
    .replaceAll("```", "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-MOST_LINES)
    .map((line) => line.slice(0, MOST_OF_A_LINE));
  const why = lines.length === 0 ? "The log of the job says why." : `\`\`\`text\n${lines.join("\n")}\n\`\`\``;
  const head = `## Not applied\n\n${commit} was merged, and its changes were not applied, or not all.\n\n${why}\n\n`;
  return `${head}${answered}`.trimEnd().slice(0, MOST_CHARACTERS);
}
