import { mkdirSync } from "node:fs";
import { runProgram } from "./process/run-program.ts";
import { logFile, shortPath } from "./project.ts";
import type { RunContext } from "./run-context.ts";
import { CliError } from "./terminal/cli-error.ts";

/**
 * Writes the stacks as Terraform JSON, by running main.ts in a process of its own, as cdktf-cli would.
 *
 * @throws CliError SYNTH_FAILED with what main.ts said
 */
export async function synthesize(context: RunContext): Promise<void> {
  const { project, environment, signal } = context;
  const log = logFile(project, "synth");
  mkdirSync(project.output, { recursive: true });
  const finished = await runProgram(
    {
      name: "synth",
      command: process.execPath,
      args: ["--import", "tsx", "main.ts"],
      folder: project.root,
      environment: { ...environment, CDKTF_OUTDIR: project.output },
      log,
    },
    signal,
  );
  if (finished.code === 0) return;
  throw new CliError(
    "SYNTH_FAILED",
    "The stacks could not be synthesized. Nothing was changed.",
    reason(finished.lastLines(40)).join("\n"),
    `Change what is named above, then: ${context.again} (all of it: ${shortPath(project, log)})`,
  );
}

/** What main.ts says of settings and constructs is short; of an error that nobody foresaw, the stack is left out. */
function reason(lines: readonly string[]): readonly string[] {
  const thrown = lines.findIndex((line) => /^(Uncaught )?\w*Error\b.*: /.test(line));
  if (thrown < 0) return lines;
  return lines
    .slice(thrown)
    .filter((line) => !/^\s+at |^Node\.js v/.test(line))
    .slice(0, 4);
}
