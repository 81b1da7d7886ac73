import { allow } from "#domain/plans/allow.ts";
import { type Plans, planOf } from "#domain/plans/plan.ts";
import type { UsageCounter } from "#domain/plans/usage.ts";
import type { BeforeRoute } from "./api.ts";
import { Problem } from "./problem.ts";

export interface PlanDeps {
  readonly plans: Plans;
  readonly counter: UsageCounter;
  /** Milliseconds. */
  readonly now: () => number;
}

/**
 * Counts the calls of routes that cost, each user's by themselves, and refuses what is above their plan. Every call
 * counts that reaches its route, whatever becomes of it.
 *
 * @throws Problem PLAN_EXCEEDED
 */
export const countCalls =
  ({ plans, counter, now }: PlanDeps): BeforeRoute =>
  async ({ counted = false }, caller) => {
    const plan = counted && caller ? planOf(caller.groups, plans) : undefined;
    if (!plan || !caller) return;
    const allowance = await allow(caller.sub, plan, now(), counter);
    if (allowance.kind === "allowed") return;
    const { limit, per, retryAfterSeconds } = allowance;
    const detail = `Your plan has ${limit} calls a ${per} that cost. Try again in ${retryAfterSeconds} s.`;
    throw new Problem(429, "PLAN_EXCEEDED", "Your plan has no more of these calls right now.", detail, {
      headers: { "retry-after": String(retryAfterSeconds) },
    });
  };
