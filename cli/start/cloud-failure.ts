import { CliError, isErrorCode } from "../terminal/cli-error.ts";

/**
 * Why the local cloud has ended, from its last lines. When it cannot go on it says what failed and what cures it, on a
 * line and perhaps indented ones below it, and ends that with a code: those words are shown as they are.
 *
 * @param log where all its lines are
 */
export function cloudFailure(lines: readonly string[], log: string): CliError {
  const [, last = "", code = ""] = /^(.*?) {2}([A-Z_]+)$/.exec(lines.at(-1) ?? "") ?? [];
  if (!isErrorCode(code)) {
    const said = lines.slice(-4).join("\n");
    return new CliError(
      "PART_DIED",
      "The local cloud has ended. It said last:",
      said,
      `All of it: ${log}. Then: npm start`,
    );
  }
  const said = [...lines.slice(0, -1), last];
  const start = said.findLastIndex((line) => /^\S/.test(line));
  return new CliError(code, said[start] ?? last, said.slice(start + 1).join("\n"), `All that the cloud said: ${log}`);
}
