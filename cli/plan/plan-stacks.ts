import { join } from "node:path";
import { countsOf, isIdle } from "#domain/plan-review/counts.ts";
import type { StackPlan } from "#domain/plan-review/plan.ts";
import { readPlan } from "#domain/plan-review/read-plan.ts";
import { stackFolder } from "../project.ts";
import { readDocument } from "../review/read-files.ts";
import type { RunContext } from "../run-context.ts";
import type { CliError } from "../terminal/cli-error.ts";
import { synthesizedOf } from "../terraform/construct-paths.ts";
import type { Lock } from "../terraform/plan.ts";
import { planStack, showPlan } from "../terraform/plan.ts";
import { placeProviderLock } from "../terraform/provider-lock.ts";
import { initStack } from "../terraform/run-terraform.ts";

/** A stack's plan, with the files that it is in. */
export interface PlannedStack {
  readonly plan: StackPlan;
  /** What Terraform applies. */
  readonly file: string;
  /** What `terraform show -json` prints of it. */
  readonly json: string;
  /** Planning broke off: the plan may lack changes and cannot be applied. */
  readonly failure?: CliError;
}

export interface PlanningOptions {
  readonly stacks: readonly string[];
  /** Where plans are kept meanwhile. */
  readonly folder: string;
  readonly lock: Lock;
  readonly log: string;
}

/** The provider of a plan is a program of hundreds of megabytes: more than two at once gain little. */
const atOnce = 2;

/**
 * Plans stacks, two at a time: each has a state of its own, and they exchange values by parameters that are read.
 *
 * @throws CliError of the first that has no plan, once none is being planned any more
 */
export async function planStacks(context: RunContext, options: PlanningOptions): Promise<PlannedStack[]> {
  const planned = new Map<string, PlannedStack>();
  const failures: unknown[] = [];
  const waiting = [...options.stacks];
  const work = async () => {
    for (let stack = waiting.shift(); stack !== undefined && failures.length === 0; stack = waiting.shift()) {
      try {
        planned.set(stack, await planOne(context, stack, options));
      } catch (thrown) {
        failures.push(thrown);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (failures.length > 0) throw failures[0];
  return options.stacks.flatMap((stack) => planned.get(stack) ?? []);
}

function planOne(context: RunContext, stack: string, options: PlanningOptions): Promise<PlannedStack> {
  const { folder, lock, log } = options;
  return context.terminal.step(`Plan ${stack}`, async (tell) => {
    const [file, json] = [join(folder, `${stack}.tfplan`), join(folder, `${stack}.json`)];
    tell("preparing Terraform");
    await initStack(context, stack, log, placeProviderLock(context, stack));
    tell(lock === "none" ? "comparing" : "comparing under the lock");
    const { failure } = await planStack(context, stack, log, { file, lock });
    tell("reading the plan");
    // One after the other: each is a Terraform with its provider.
    await showPlan(context, stack, file, json);
    const plan: StackPlan = {
      stack,
      plan: readDocument(json, readPlan),
      ...synthesizedOf(stackFolder(context.project, stack)),
    };
    const value = { plan, file, json, ...(failure && { failure }) };
    return { value, summary: failure === undefined ? countsLine(plan) : "broke off" };
  });
}

/** @throws CliError of the first plan that broke off */
export function requireWhole(planned: readonly PlannedStack[]): void {
  const failure = planned.find((one) => one.failure !== undefined)?.failure;
  if (failure !== undefined) throw failure;
}

/** `1 destroy, 2 update`, or that there is nothing to do. */
export function countsLine(plan: StackPlan): string {
  const counts = Object.entries(countsOf(plan.plan)).filter(([, count]) => count > 0);
  const said = counts.map(([name, count]) => `${count} ${name}`).join(", ");
  if (!isIdle(plan)) return said === "" ? "outputs change" : said;
  return said === "" ? "nothing to do" : `nothing to do (${said})`;
}
