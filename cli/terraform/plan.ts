import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withoutSecrets } from "#domain/plan-review/secrets.ts";
import { logFile, shortPath, stackFolder } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Progress } from "../terminal/terminal.ts";
import { applyStack, runTerraform, terraformEnvironment } from "./run-terraform.ts";
import { terraformFailure } from "./terraform-failure.ts";
import type { ResourceCounts } from "./terraform-text.ts";
import { parseErrors } from "./terraform-text.ts";

/** How a plan treats the state's lock: it may go without, or wait for it so long, as Go writes a time: `5m`. */
export type Lock = "none" | { readonly wait: string };

const lockFlag = (lock: Lock): string => (lock === "none" ? "-lock=false" : `-lock-timeout=${lock.wait}`);

/** A saved plan; `failure` is there where planning broke off by an error, so that it may lack changes. */
export interface SavedPlan {
  readonly hasChanges: boolean;
  readonly failure?: CliError;
}

/**
 * `terraform plan` of an initialised stack, saved to a file.
 *
 * @throws CliError LOCK_HELD, PLAN_FAILED where there is no plan at all
 */
export async function planStack(
  context: RunContext,
  stack: string,
  log: string,
  { file, lock }: { readonly file: string; readonly lock: Lock },
): Promise<SavedPlan> {
  const args = ["plan", "-input=false", "-no-color", "-detailed-exitcode", `-out=${file}`, lockFlag(lock)];
  const { finished, lines } = await runTerraform(context, stack, log, args);
  if (finished.code === 0 || finished.code === 2) return { hasChanges: finished.code === 2 };
  const failure = planFailure(context, stack, log, lines);
  if (!existsSync(file)) throw failure;
  return { hasChanges: true, failure };
}

function planFailure(context: RunContext, stack: string, log: string, lines: readonly string[]): CliError {
  const [error, ...others] = parseErrors(lines);
  const general = terraformFailure(context, stack, log, lines);
  if (general.code === "LOCK_HELD" || error === undefined) return general;
  const where = `All that Terraform said: ${shortPath(context.project, logFile(context.project, log))}`;
  const why = [
    error.resource === undefined ? "" : `In ${error.resource}.`,
    // A box holds the values that an expression was made of; what it means stands below.
    ...error.detail.filter((line) => !/^[├│]/.test(line)).slice(0, 2),
    others.length === 0 ? "" : `${others.length} more.`,
  ];
  return new CliError(
    "PLAN_FAILED",
    withoutSecrets(`Stack ${stack} could not be planned: ${error.summary}`),
    withoutSecrets(why.join("\n")),
    `${where}. Once cured: ${context.again}`,
  );
}

/**
 * `terraform apply` of a saved plan; returns what it did.
 *
 * @throws CliError PLAN_STALE where the state was written since, LOCK_HELD, DEPLOY_FAILED, TERRAFORM_FAILED
 */
export async function applyPlan(
  context: RunContext,
  stack: string,
  log: string,
  { file, wait }: { readonly file: string; readonly wait: string },
  tell: Progress,
): Promise<ResourceCounts> {
  try {
    return await applyStack(context, stack, log, tell, [`-lock-timeout=${wait}`, file]);
  } catch (thrown) {
    if (!(thrown instanceof CliError) || !/Saved plan is stale/.test(thrown.what)) throw thrown;
    throw new CliError(
      "PLAN_STALE",
      `Stack ${stack} was changed by somebody else after it was planned here.`,
      "Terraform refused the plan; nothing of the stack was changed.",
      `Plan and apply again: ${context.again}`,
    );
  }
}

/**
 * `terraform show -json` of a saved plan, into a file that nobody else may read. It holds secrets in plain text, so that
 * it goes to no log.
 *
 * @throws CliError PLAN_FAILED
 */
export async function showPlan(context: RunContext, stack: string, planFile: string, jsonFile: string): Promise<void> {
  const output = openSync(jsonFile, "w", 0o600);
  try {
    await readTerraform(context, stack, ["show", "-json", "-no-color", planFile], output);
  } finally {
    closeSync(output);
  }
}

/** Which writing of the state a plan was made against; empty where there is no state yet. */
export interface StatePosition {
  readonly serial?: number;
  readonly lineage?: string;
}

/** @throws CliError PLAN_FAILED */
export async function statePosition(context: RunContext, stack: string): Promise<StatePosition> {
  const text = await readTerraform(context, stack, ["state", "pull"], "pipe");
  if (text.trim() === "") return {};
  const { serial, lineage } = JSON.parse(text) as StatePosition;
  // What is not there yet is printed as a state without a name, too.
  return serial === undefined || !lineage ? {} : { serial, lineage };
}

/** The releases of providers that `terraform init` chose, by source address. */
export function chosenProviders(context: RunContext, stack: string): Record<string, string> {
  const file = join(stackFolder(context.project, stack), ".terraform.lock.hcl");
  if (!existsSync(file)) return {};
  const chosen = readFileSync(file, "utf8").matchAll(/provider "([^"]+)" \{\s+version\s+= "([^"]+)"/g);
  return Object.fromEntries([...chosen].map(([, source = "", version = ""]) => [source, version]));
}

/** A command of Terraform's whose stdout is for programs: what it says besides goes to stderr, or is looked at by nobody. */
async function readTerraform(
  context: RunContext,
  stack: string,
  args: readonly string[],
  output: number | "pipe",
): Promise<string> {
  context.signal.throwIfAborted();
  const child = spawn("terraform", args, {
    cwd: stackFolder(context.project, stack),
    env: { ...context.environment, ...terraformEnvironment },
    stdio: ["ignore", output, "pipe"],
  });
  const texts = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    texts.out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    texts.err += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  context.signal.throwIfAborted();
  if (code === 0) return texts.out;
  const said = texts.err.split("\n").filter((line) => line.trim() !== "");
  const what = `terraform ${args.slice(0, 2).join(" ")} of stack ${stack} failed (exit ${code}).`;
  const why = withoutSecrets(said.slice(-3).join("\n"));
  throw new CliError("PLAN_FAILED", what, why, `Once cured: ${context.again}`);
}
