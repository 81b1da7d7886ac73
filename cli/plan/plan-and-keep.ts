import type { RunContext } from "../run-context.ts";
import { chosenProviders, type Lock, statePosition } from "../terraform/plan.ts";
import type { PlacedPlan } from "./about.ts";
import { keepPlans } from "./keep.ts";
import { countsLine, type PlannedStack, planStacks } from "./plan-stacks.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

export interface KeepingOptions {
  readonly stacks: readonly string[];
  /** Whether these are all stacks. */
  readonly isAll: boolean;
  /** Where plans are kept. */
  readonly out: string;
  readonly lock: Lock;
}

/**
 * Plans stacks, keeps what a review reads of them, and says in a line each what they do. What broke off is kept all the same:
 * it says why.
 *
 * @returns the plans, and their files
 */
export function planAndKeep(
  context: RunContext,
  { stacks, isAll, out, lock }: KeepingOptions,
): Promise<{ readonly planned: readonly PlannedStack[]; readonly files: readonly string[] }> {
  return withTemporaryFolder(async (folder) => {
    const planned = await planStacks(context, { stacks, folder, lock, log: "plan" });
    const placed = await Promise.all(planned.map((one) => placedPlan(context, one)));
    const files = await keepPlans(context, placed, { folder: out, isAll });
    for (const { plan } of planned) context.terminal.answer(`${plan.stack}: ${countsLine(plan)}`);
    return { planned, files };
  });
}

async function placedPlan(context: RunContext, planned: PlannedStack): Promise<PlacedPlan> {
  const { stack } = planned.plan;
  return {
    ...planned,
    position: await statePosition(context, stack),
    providers: chosenProviders(context, stack),
  };
}
