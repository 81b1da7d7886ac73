import type { Plan } from "./plan.ts";
import type { UsageCounter } from "./usage.ts";

/** Whether a call is within the plan; if not, when the next one may be. */
export type Allowance =
  | { readonly kind: "allowed" }
  | {
      readonly kind: "exceeded";
      readonly limit: number;
      readonly per: "second" | "day";
      readonly retryAfterSeconds: number;
    };

const millisecondsPerDay = 86_400_000;
/** How long a count stays after its window, in seconds: clocks differ, and DynamoDB removes rows when it pleases. */
const keptAfterwards = 3600;

/**
 * Counts a call, in its second and on its day (UTC), and says whether it may be made. A call that its second refuses
 * does not count on the day, so that an eager page does not use up the day by being refused.
 *
 * @param now milliseconds
 */
export async function allow(sub: string, plan: Plan, now: number, counter: UsageCounter): Promise<Allowance> {
  const second = Math.floor(now / 1000);
  if ((await counter.add(sub, `SECOND#${second}`, second + keptAfterwards)) > plan.requestsPerSecond) {
    return { kind: "exceeded", limit: plan.requestsPerSecond, per: "second", retryAfterSeconds: 1 };
  }
  const nextDay = (Math.floor(now / millisecondsPerDay) + 1) * (millisecondsPerDay / 1000);
  const day = new Date(now).toISOString().slice(0, 10);
  if ((await counter.add(sub, `DAY#${day}`, nextDay + keptAfterwards)) > plan.requestsPerDay) {
    return {
      kind: "exceeded",
      limit: plan.requestsPerDay,
      per: "day",
      retryAfterSeconds: Math.max(1, nextDay - second),
    };
  }
  return { kind: "allowed" };
}
