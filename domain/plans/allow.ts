import type { ApiRoute, UserShare } from "../api/routes.ts";
import type { Plan } from "./plan.ts";
import type { UsageCounter } from "./usage.ts";

/** What a user may do: so many calls in each stretch of so many seconds. */
interface Bound {
  /** Names what is counted. */
  readonly name: string;
  readonly limit: number;
  readonly seconds: number;
  readonly by: "share" | "plan";
}

/** Whether a call may be made; if not, by what bound, and when the next one may be. */
export type Allowance =
  | { readonly kind: "allowed" }
  | ({ readonly kind: "exceeded"; readonly retryAfterSeconds: number } & Pick<Bound, "by" | "limit" | "seconds">);

export const secondsPerDay = 86_400;
/** How long a count stays after its window, in seconds: clocks differ, and DynamoDB removes rows when it pleases. */
const keptAfterwards = 3600;

/** The tightest first: what one bound refuses does not count for the next. */
const boundsOf = (route: string, share: UserShare, plan: Plan | undefined): readonly Bound[] => [
  { name: `CALLS#${route}`, limit: share.calls, seconds: share.seconds, by: "share" },
  ...(plan
    ? ([
        { name: "SECOND", limit: plan.requestsPerSecond, seconds: 1, by: "plan" },
        { name: "DAY", limit: plan.requestsPerDay, seconds: secondsPerDay, by: "plan" },
      ] as const)
    : []),
];

/**
 * Counts a call of a route that has a share: in the user's share of the route, then in their plan's second and day
 * (UTC), and says whether it may be made. So an eager page does not use up the day by being refused.
 *
 * @param plan @default the share is all that counts
 * @param now milliseconds
 */
export async function allow(
  sub: string,
  { method, path, share }: Pick<ApiRoute, "method" | "path" | "share">,
  plan: Plan | undefined,
  now: number,
  counter: UsageCounter,
): Promise<Allowance> {
  if (share === undefined) return { kind: "allowed" };
  const second = Math.floor(now / 1000);
  for (const { name, limit, seconds, by } of boundsOf(`${method} ${path}`, share, plan)) {
    const window = Math.floor(second / seconds);
    const end = (window + 1) * seconds;
    if ((await counter.add(sub, `${name}#${window * seconds}`, end + keptAfterwards)) <= limit) continue;
    return { kind: "exceeded", by, limit, seconds, retryAfterSeconds: end - second };
  }
  return { kind: "allowed" };
}
