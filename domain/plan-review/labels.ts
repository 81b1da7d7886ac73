import { countsOf, isIdle } from "./counts.ts";
import { type GuardResult, refuses } from "./guard/guard.ts";
import type { StackPlan } from "./plan.ts";

/** What a pull request is marked with. */
export const labels = ["no-changes", "add-or-update", "destroy", "policy-failed"] as const;

export type Label = (typeof labels)[number];

const destroys = ({ plan }: StackPlan): boolean => {
  const { destroy, replace } = countsOf(plan);
  return destroy + replace > 0;
};

/** One of what the plans do, the worst first, and whether the guard refuses them. */
export function labelsOf(plans: readonly StackPlan[], guarded: GuardResult): Label[] {
  const does = plans.some(destroys) ? "destroy" : plans.every(isIdle) ? "no-changes" : "add-or-update";
  return refuses(guarded) ? [does, "policy-failed"] : [does];
}
