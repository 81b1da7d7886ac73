import { ServiceError } from "./error.ts";

/** How many calls a second are let through, with as many at once. */
export interface Rate {
  readonly perSecond: number;
  /** The input member each value of which is counted by itself; without it the whole account is. */
  readonly per?: string;
}

/** Rates by operation; an operation that is not named is not limited. */
export type Rates = Readonly<Record<string, readonly Rate[]>>;

/** Counts one call. Throws ThrottlingException where it is one too many. */
export type RateLimiter = (
  call: { readonly place: string; readonly operation: string; readonly now: number },
  input: Readonly<Record<string, unknown>>,
) => void;

/** Buckets that were refilled since are forgotten when there are more than this many. */
const manyBuckets = 10_000;

/** A limiter by token buckets: each refills at its rate and holds one second's worth. */
export const createRateLimiter = (rates: Rates): RateLimiter => {
  const buckets = new Map<string, { readonly left: number; readonly at: number }>();

  const forgetOld = (now: number) => {
    if (buckets.size < manyBuckets) return;
    for (const [key, { at }] of buckets) if (now - at > 1000) buckets.delete(key);
  };

  return ({ place, operation, now }, input) => {
    const limits = (Object.hasOwn(rates, operation) ? rates[operation] : undefined) ?? [];
    const taken = limits.map((rate) => {
      const key = JSON.stringify([place, operation, rate.per ?? "", rate.per ? input[rate.per] : ""]);
      const last = buckets.get(key);
      // Where the clock was put back, what was counted is forgotten: the bucket would not refill until it is there again.
      const { left, at } = last && last.at <= now ? last : { left: rate.perSecond, at: now };
      const refilled = Math.min(rate.perSecond, left + ((now - at) / 1000) * rate.perSecond);
      if (refilled < 1) {
        const message = `Rate exceeded: ${operation} allows ${rate.perSecond} calls per second`;
        throw new ServiceError("ThrottlingException", message, { limit: rate.perSecond });
      }
      return [key, refilled - 1] as const;
    });
    for (const [key, left] of taken) buckets.set(key, { left, at: now });
    forgetOld(now);
  };
};
