import { spawnSync } from "node:child_process";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { changelog, commitsOf, VERSION } from "./changelog.ts";

/**
 * Answers with what is new since the last release, by the commits of a checkout.
 *
 * @throws CliError USAGE
 * @throws Error where git does not tell the commits
 */
export function writeChangelog(terminal: Terminal, version: string, folder = process.cwd()): void {
  if (!VERSION.test(version)) {
    throw new CliError(
      "USAGE",
      `${JSON.stringify(version)} is no version.`,
      "It is three numbers: 1.2.3.",
      "Name another.",
    );
  }
  // There is no tag before the first release; all else must not fail.
  const { status, stdout } = git(folder, "describe", "--tags", "--abbrev=0", "--match", "v*");
  const previous = status === 0 ? stdout.trim() : undefined;
  const range = previous === undefined ? "HEAD" : `${previous}..HEAD`;
  const log = git(folder, "log", "--no-merges", "--format=%h%x09%s", range);
  if (log.status !== 0) throw new Error(`git log failed: ${log.error?.message ?? log.stderr.trim()}`);
  terminal.answer(changelog(`v${version}`, previous, commitsOf(log.stdout.trim())).trimEnd());
}

const git = (folder: string, ...args: readonly string[]) =>
  spawnSync("git", args, { cwd: folder, encoding: "utf8", maxBuffer: 64 << 20 });
