import { spawnSync } from "node:child_process";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { changelog, commitsOf, VERSION } from "./changelog.ts";

/**
 * Answers with what is new since the last release, by the commits of this checkout.
 *
 * @throws CliError USAGE
 */
export function writeChangelog(terminal: Terminal, version: string): void {
  if (!VERSION.test(version)) {
    throw new CliError(
      "USAGE",
      `${JSON.stringify(version)} is no version.`,
      "It is three numbers: 1.2.3.",
      "Name another.",
    );
  }
  const previous = git("describe", "--tags", "--abbrev=0", "--match", "v*") || undefined;
  const range = previous === undefined ? "HEAD" : `${previous}..HEAD`;
  const log = git("log", "--no-merges", "--format=%h%x09%s", range);
  terminal.answer(changelog(`v${version}`, previous, commitsOf(log)).trimEnd());
}

/** What git says; nothing where it fails, as it does where there is no tag. */
const git = (...args: readonly string[]): string => spawnSync("git", args, { encoding: "utf8" }).stdout?.trim() ?? "";
