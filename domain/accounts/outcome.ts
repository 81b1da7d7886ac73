import { LeaseLostError } from "./lease.ts";
import { ServiceError, type ServiceErrorCode } from "./service-error.ts";

/** A run that is to be tried again. */
export interface Later {
  readonly kind: "later";
  readonly why: Postponement;
  readonly retryInMilliseconds: number;
}

/** How a run of a step machine ended. */
export type Outcome = { readonly kind: "done" } | Later;

export type Postponement =
  | "busy"
  | "kept"
  | "changed"
  | "throttled"
  | "unavailable"
  | "quota"
  | "still-live"
  | "more-to-remove"
  | "last-look";

export const done: Outcome = { kind: "done" };

/** How long to wait before the next try, in milliseconds, unless something better is known. */
const waits: Readonly<Record<Postponement, number>> = {
  busy: 5_000,
  kept: 5_000,
  changed: 1_000,
  throttled: 2_000,
  unavailable: 2_000,
  // Quotas are raised by people; until then the sweep asks again.
  quota: 5 * 60_000,
  "still-live": 5_000,
  "more-to-remove": 0,
  // Longer than any function may run that read the row before its deletion was asked for.
  "last-look": 60_000,
};

export const later = (why: Postponement, retryInMilliseconds = waits[why]): Later => ({
  kind: "later",
  why,
  retryInMilliseconds,
});

const meanings: Readonly<Record<ServiceErrorCode, Postponement>> = {
  QUOTA: "quota",
  THROTTLED: "throttled",
  CONFLICT: "still-live",
  UNAVAILABLE: "unavailable",
  GONE: "changed",
};

/** What a refusal means for the run: come back later. Anything else is thrown on, so that it is delivered again. */
export function postponement(error: unknown): Postponement {
  if (error instanceof LeaseLostError) return "changed";
  if (!(error instanceof ServiceError)) throw error;
  return meanings[error.code];
}
