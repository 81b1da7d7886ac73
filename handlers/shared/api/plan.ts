import { type Allowance, allow, secondsPerDay } from "#domain/plans/allow.ts";
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

function exceeded({ by, limit, seconds, retryAfterSeconds }: Allowance & { readonly kind: "exceeded" }): Problem {
  const headers = { "retry-after": String(retryAfterSeconds) };
  const again = `Try again in ${retryAfterSeconds} s.`;
  if (by === "share") {
    const detail = `One user may make ${limit} such calls in ${seconds} s. ${again}`;
    return new Problem(429, "SHARE_EXCEEDED", "You ask for this too often.", detail, { headers });
  }
  const detail = `Your plan has ${limit} calls a ${seconds === secondsPerDay ? "day" : "second"} that cost. ${again}`;
  return new Problem(429, "PLAN_EXCEEDED", "Your plan has no more of these calls right now.", detail, { headers });
}

/**
 * Counts the calls of routes that cost, each user's by themselves, and refuses what is above their share of the route or
 * above their plan. Every call counts that reaches its route, whatever becomes of it.
 *
 * @throws Problem SHARE_EXCEEDED, PLAN_EXCEEDED
 */
export const countCalls =
  ({ plans, counter, now }: PlanDeps): BeforeRoute =>
  async (row, caller) => {
    if (!caller) return;
    const allowance = await allow(caller.sub, row, planOf(caller.groups, plans), now(), counter);
    if (allowance.kind === "exceeded") throw exceeded(allowance);
  };
