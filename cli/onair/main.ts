import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../project.ts";
import { asCliError } from "../terminal/cli-error.ts";
import { createTerminal } from "../terminal/terminal.ts";
import { jsonFailure } from "./json-result.ts";
import { runProgram, verbIn } from "./program.ts";

/** `onair`; returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, environment: process.env });
  try {
    const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { version: string };
    return await runProgram(args, version, terminal);
  } catch (thrown) {
    const error = asCliError(thrown);
    if (args.includes("--json")) terminal.answer(jsonFailure(verbIn(args) ?? null, error));
    return terminal.fail(error);
  }
}
