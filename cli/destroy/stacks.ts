import { existsSync } from "node:fs";
import { withRunNotes } from "../lock/note-run.ts";
import { type Project, shortPath, stackFolder } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { synthesize } from "../synth.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { applyStack, initStack } from "../terraform/run-terraform.ts";
import { countsText } from "../terraform/terraform-text.ts";
import type { StackInventory } from "./inventory.ts";

export interface Destroying {
  readonly terminal: Terminal;
  readonly project: Project;
  readonly signal: AbortSignal;
  readonly again: string;
  readonly aws: boolean;
}

const log = "destroy";

/**
 * `terraform destroy` of each stack that has something, one after the other, as the settings describe it now.
 *
 * @throws CliError
 */
export async function destroyStacks(
  { terminal, project, signal, again, aws }: Destroying,
  stacks: readonly StackInventory[],
): Promise<void> {
  const left = stacks.filter(({ resources }) => resources.length > 0);
  if (left.length === 0) return;
  const context: RunContext = {
    ...{ project, terminal, signal, again, environment: process.env },
    unlock: (_stack, lockId) => `onair lock release ${lockId}${aws ? " --aws" : ""}`,
  };
  await terminal.step("Synthesize the stacks", async () => ({ value: await synthesize(context) }));
  const names = left.map(({ stack }) => stack);
  await withRunNotes(context, names, () => destroyEach(context, names));
}

async function destroyEach(context: RunContext, stacks: readonly string[]): Promise<void> {
  const { project, terminal, again } = context;
  for (const stack of stacks) {
    const folder = stackFolder(project, stack);
    if (!existsSync(folder)) throw undescribed(stack, shortPath(project, folder), again);
    await terminal.step(`Destroy stack ${stack}`, async (tell) => {
      tell("preparing Terraform");
      await initStack(context, stack, log);
      const counts = await applyStack(context, stack, log, tell, ["-destroy", "-auto-approve"]);
      return { value: undefined, summary: countsText(counts) };
    });
  }
}

const undescribed = (stack: string, folder: string, again: string): CliError =>
  new CliError(
    "NOT_DEPLOYED",
    `Stack ${stack} is deployed, and the settings do not have it any more.`,
    `There is no ${folder}: Terraform is not told how to reach it.`,
    `Put its settings back into cdktf.json, then: ${again}`,
  );
