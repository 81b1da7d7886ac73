import type { Finished } from "../process/run-program.ts";
import { runProgram } from "../process/run-program.ts";
import { logFile, stackFolder } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Progress } from "../terminal/terminal.ts";
import type { ApplyProgress } from "./apply-progress.ts";
import { nextProgress, noProgress, progressText } from "./apply-progress.ts";
import { constructPaths, withConstructPaths } from "./construct-paths.ts";
import { terraformFailure } from "./terraform-failure.ts";
import type { ResourceCounts } from "./terraform-text.ts";
import { terraformLine } from "./terraform-text.ts";

/** Terraform's own switches: no questions, no colours, no calls home. */
export const terraformEnvironment = { TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" } as const;

/** One run of Terraform, with all its lines. */
export interface TerraformRun {
  readonly finished: Finished;
  readonly lines: readonly string[];
}

/** Runs Terraform in a stack's folder; what it prints goes to the log. */
export async function runTerraform(
  context: RunContext,
  stack: string,
  log: string,
  args: readonly string[],
  onLine?: (line: string) => void,
): Promise<TerraformRun> {
  const lines: string[] = [];
  const paths = constructPaths(stackFolder(context.project, stack));
  const program = {
    name: "terraform",
    command: "terraform",
    args,
    folder: stackFolder(context.project, stack),
    environment: { ...context.environment, ...terraformEnvironment },
    log: logFile(context.project, log),
    onLine: (raw: string) => {
      const line = withConstructPaths(terraformLine(raw), paths);
      lines.push(line);
      onLine?.(line);
    },
  };
  return { finished: await runProgram(program, context.signal), lines };
}

/**
 * `terraform init` of a synthesized stack. Where an earlier run used another backend, that one is forgotten
 * (`-reconfigure`): no state is ever kept on this machine, so there is nothing to carry over.
 *
 * @throws CliError
 */
export async function initStack(
  context: RunContext,
  stack: string,
  log: string,
  flags: readonly string[] = [],
): Promise<void> {
  const { finished, lines } = await runTerraform(context, stack, log, [
    "init",
    "-input=false",
    "-no-color",
    "-reconfigure",
    ...flags,
  ]);
  if (finished.code !== 0) throw terraformFailure(context, stack, log, lines);
}

/**
 * `terraform apply` of an initialised stack; returns what it did, by Terraform's own word.
 *
 * @param what the plan to apply, or the word that none need be looked at
 * @throws CliError
 */
export async function applyStack(
  context: RunContext,
  stack: string,
  log: string,
  tell: Progress,
  what: readonly string[] = ["-auto-approve"],
): Promise<ResourceCounts> {
  let progress: ApplyProgress = noProgress;
  tell(() => progressText(progress, performance.now()));
  const args = ["apply", "-input=false", "-no-color", ...what];
  const { finished, lines } = await runTerraform(context, stack, log, args, (line) => {
    progress = nextProgress(progress, line, performance.now());
  });
  if (finished.code !== 0 || !progress.applied) throw terraformFailure(context, stack, log, lines);
  return progress.applied;
}

/**
 * Whether what is deployed is what the synthesized stack says, by a real plan against the real resources.
 *
 * @throws CliError when the plan itself fails
 */
export async function isDeployed(context: RunContext, stack: string, log: string): Promise<boolean> {
  const { finished, lines } = await runTerraform(context, stack, log, [
    "plan",
    "-detailed-exitcode",
    "-input=false",
    "-no-color",
  ]);
  if (finished.code === 0) return true;
  if (finished.code === 2) return false;
  throw terraformFailure(context, stack, log, lines);
}

/** The values of a stack's outputs; sensitive ones are left out. */
export async function readOutputs(context: RunContext, stack: string, log: string): Promise<Record<string, unknown>> {
  const printed: string[] = [];
  const finished = await runProgram(
    {
      name: "terraform",
      command: "terraform",
      args: ["output", "-json", "-no-color"],
      folder: stackFolder(context.project, stack),
      environment: { ...context.environment, ...terraformEnvironment },
      // Deprecation notices go to stderr, and some versions have put them on stdout of other commands: the streams stay apart.
      log: logFile(context.project, log),
      onLine: (line, stream) => {
        if (stream === "stdout") printed.push(line);
      },
    },
    context.signal,
  );
  if (finished.code !== 0) throw terraformFailure(context, stack, log, finished.lastLines(40));
  return outputValues(printed.join("\n"));
}

/** The plain values in what `terraform output -json` prints. */
export function outputValues(json: string): Record<string, unknown> {
  try {
    const outputs = JSON.parse(json) as Record<string, { value: unknown; sensitive: boolean }>;
    return Object.fromEntries(
      Object.entries(outputs).flatMap(([name, { value, sensitive }]) => (sensitive ? [] : [[name, value]])),
    );
  } catch {
    throw new CliError(
      "TERRAFORM_FAILED",
      "Terraform's outputs are not JSON.",
      json.slice(0, 200),
      "Look at the log of this run.",
    );
  }
}
