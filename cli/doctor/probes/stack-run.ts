import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "../../process/run-program.ts";
import { logFile, shortPath, stackFolder } from "../../project.ts";
import type { RunContext } from "../../run-context.ts";
import { CliError } from "../../terminal/cli-error.ts";
import type { Progress } from "../../terminal/terminal.ts";
import { applyStack, initStack, readOutputs, runTerraform, type TerraformRun } from "../../terraform/run-terraform.ts";
import { reviewMegabytes, reviewSeconds } from "./cost.ts";
import { readStackOutputs, type StackOutputs } from "./stack-outputs.ts";

/** Its folder below a run's, which holds its state, too. */
const STACK = "doctor";
/** All that Terraform said. */
const LOG = "doctor";

/** A word that the run's room refuses. */
export const blockedWord = "forbidden";

/** What the stack is made with. */
export interface StackSettings {
  readonly run: string;
  readonly region: string;
  readonly allowedAccountIds: readonly string[];
  readonly awsProviderVersion: string;
}

/** Writes the run's stack as Terraform JSON, in a process of its own, and makes it. */
export async function makeStack(context: RunContext, settings: StackSettings, tell: Progress): Promise<StackOutputs> {
  const { project, environment, signal } = context;
  mkdirSync(project.output, { recursive: true, mode: 0o700 });
  const props = { ...settings, blockedWord, reviewSeconds, reviewMegabytes };
  const main = fileURLToPath(import.meta.resolve("#stacks/doctor/main.ts"));
  const synth = {
    name: "synth",
    command: process.execPath,
    args: ["--import", "tsx", main, JSON.stringify(props)],
    folder: project.root,
    environment: { ...environment, CDKTF_OUTDIR: project.output },
    log: logFile(project, LOG),
  };
  const finished = await runProgram(synth, signal);
  if (finished.code !== 0) {
    const what = "The stack of the run could not be synthesized. Nothing was made.";
    throw new CliError("SYNTH_FAILED", what, finished.lastLines(4).join("\n"), `Go on: ${context.again}`);
  }
  await initStack(context, STACK, LOG);
  await applyStack(context, STACK, LOG, tell);
  return readStackOutputs(await readOutputs(context, STACK, LOG));
}

/** Runs Terraform in the run's stack, with some of its variables (stacks/doctor/stack.ts) set. */
export function onStack(
  context: RunContext,
  args: readonly string[],
  variables: Readonly<Record<string, boolean | number>> = {},
): Promise<TerraformRun> {
  const set = Object.entries(variables).map(([name, value]) => `-var=${name}=${value}`);
  return runTerraform(context, STACK, LOG, [...args, "-input=false", "-no-color", ...set]);
}

/** Whether a run has a stack, or the begin of one. */
const hasState = ({ project }: RunContext): boolean =>
  existsSync(join(stackFolder(project, STACK), "terraform.tfstate"));

/**
 * Removes the run's stack, then its folder; returns how much was removed. Where that fails the folder stays: without it
 * nobody knows what there is.
 *
 * @throws CliError DEPLOY_FAILED
 */
export async function removeStack(context: RunContext, sweep: string): Promise<number> {
  const { project } = context;
  let removed = 0;
  if (hasState(context)) {
    // A killed run's Terraform ends what it is at.
    const { finished, lines } = await onStack(context, ["destroy", "-auto-approve", "-lock-timeout=2m"]);
    if (finished.code !== 0) {
      const why = `${lines.filter((line) => line.startsWith("Error: ")).join("\n")}\nIts state: ${shortPath(project, project.output)}`;
      throw new CliError("DEPLOY_FAILED", "What the run made with Terraform still stands.", why, `Remove it: ${sweep}`);
    }
    removed = lines.reduce(
      (most, line) => Math.max(most, Number(/Resources: (\d+) destroyed/.exec(line)?.[1] ?? 0)),
      0,
    );
  }
  rmSync(project.output, { recursive: true, force: true });
  return removed;
}
