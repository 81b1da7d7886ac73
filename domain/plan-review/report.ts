import { canonicalChanges, type Hash, type HashedChange, hashedChanges } from "./canonical.ts";
import type { Counts } from "./counts.ts";
import { countsOf, isIdle } from "./counts.ts";
import type { Finding } from "./guard/finding.ts";
import { type GuardResult, refuses } from "./guard/guard.ts";
import type { Unjudged } from "./guard/unjudged.ts";
import { type Label, labelsOf } from "./labels.ts";
import type { StackPlan } from "./plan.ts";
import { withoutSecrets } from "./secrets.ts";

/** A review for programs. Keys are added in time, never taken away. */
export interface ReviewReport {
  readonly schemaVersion: 1;
  /** Of all changes: what an apply is held to. */
  readonly hash: string;
  /** Whether the guard refuses the plans. */
  readonly refused: boolean;
  readonly labels: readonly Label[];
  /** Whether the target was asked who is live, and what uses which configuration. */
  readonly askedTarget: boolean;
  readonly stacks: readonly StackReport[];
  readonly findings: readonly Finding[];
  /** Allowances that speak of nothing here. */
  readonly unusedAllowances: readonly { readonly rule: string; readonly address: string }[];
  readonly notJudged: readonly Unjudged[];
}

interface StackReport {
  readonly stack: string;
  readonly hash: string;
  readonly idle: boolean;
  readonly errored: boolean;
  readonly complete: boolean;
  readonly counts: Counts;
  readonly changes: readonly HashedChange[];
}

export interface ReportInput {
  readonly plans: readonly StackPlan[];
  readonly guarded: GuardResult;
  readonly hash: Hash;
  readonly askedTarget: boolean;
}

/** What a review says, for programs: no value of the plans but in what the guard says, and no secret that is known by its form. */
export function reportOf({ plans, guarded, hash, askedTarget }: ReportInput): ReviewReport {
  const { findings, unused, unjudged } = guarded;
  return clean({
    ...{ schemaVersion: 1, askedTarget, findings },
    hash: hash(canonicalChanges(plans, hash)),
    refused: refuses(guarded),
    labels: labelsOf(plans, guarded),
    stacks: plans
      .toSorted((one, other) => (one.stack < other.stack ? -1 : 1))
      .map((one) => ({
        stack: one.stack,
        hash: hash(canonicalChanges([one], hash)),
        idle: isIdle(one),
        errored: one.plan.errored,
        complete: one.plan.complete,
        counts: countsOf(one.plan),
        changes: hashedChanges(one, hash),
      })),
    unusedAllowances: unused.map(({ rule, address }) => ({ rule, address })),
    notJudged: unjudged,
  });
}

function clean<Value>(value: Value): Value;
function clean(value: unknown): unknown {
  if (typeof value === "string") return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(clean);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
}
