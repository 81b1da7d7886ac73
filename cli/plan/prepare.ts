import { resolve } from "node:path";
import { chooseEnvironment } from "../environment.ts";
import type { TargetOptions } from "../onair/options.ts";
import { chooseTarget, type Target, targetLine } from "../onair/target.ts";
import { probeTerraform } from "../prerequisites/probe.ts";
import { requireTerraform } from "../prerequisites/requirements.ts";
import { openProject, type Project, projectRoot } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { synthesize } from "../synth.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { stackOrder } from "./stack-order.ts";

/** What is to be planned, and where. */
export interface Prepared {
  readonly context: RunContext;
  readonly target: Target;
  /** In the order in which they are to be applied. */
  readonly stacks: readonly string[];
}

export interface PrepareOptions {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly target: TargetOptions;
  /** Empty means all. */
  readonly named: readonly string[];
  readonly verb: "plan" | "apply";
  /** The command that goes on once something is cured. */
  readonly again: string;
}

/**
 * Chooses the target and synthesizes the stacks for it.
 *
 * @throws CliError NOT_RUNNING, SETTINGS_INVALID, TERRAFORM_MISSING, SYNTH_FAILED, USAGE
 */
export async function prepare({ terminal, signal, target: options, ...rest }: PrepareOptions): Promise<Prepared> {
  const { named, verb, again } = rest;
  const { aws = false } = options;
  const { name } = chooseEnvironment(projectRoot, again);
  const project = projectOf(options, name);
  const target = await chooseTarget(project, aws, again);
  terminal.note(targetLine(target));
  requireTerraform({ platform: process.platform, terraform: await probeTerraform(process.env) });
  const context: RunContext = {
    ...{ project, terminal, signal, again },
    environment: process.env,
    unlock: (_stack, lockId) => ["onair lock release", lockId, ...targetWords(options)].join(" "),
  };
  await terminal.step("Synthesize the stacks", async () => ({ value: await synthesize(context) }));
  return { context, target, stacks: stackOrder(project, named, verb) };
}

/** How the target is said again. */
export function targetWords({ aws = false, folder }: TargetOptions): readonly string[] {
  if (aws) return ["--aws"];
  return folder === ".onair" ? [] : ["--folder", folder];
}

/** Stacks of the local cloud are synthesized beside it: their provider locks must not meet an AWS account. */
function projectOf({ aws = false, folder }: TargetOptions, environment: string): Project {
  if (aws) return openProject(folder, process.env.CDKTF_OUTDIR ?? "cdktf.out");
  return openProject(folder, resolve(projectRoot, folder, "cdktf.out", environment));
}
