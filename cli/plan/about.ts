import * as v from "valibot";
import { hashedChanges } from "#domain/plan-review/canonical.ts";
import { changesHash, hash } from "../review/hash.ts";
import type { StatePosition } from "../terraform/plan.ts";
import type { Commit } from "./commit.ts";
import type { PlannedStack } from "./plan-stacks.ts";

const text = v.string();

const about = v.object({
  schemaVersion: v.literal(1),
  stack: text,
  commit: v.optional(text),
  dirty: v.optional(v.boolean()),
  stateSerial: v.optional(v.number()),
  stateLineage: v.optional(text),
  terraformVersion: text,
  providerVersions: v.record(text, text),
  hash: text,
  changes: v.array(v.object({ address: text, action: text, hash: text })),
  plannedAt: text,
});

/**
 * What stands beside a plan: what it was made of and against, and its changes by their hashes. It holds no value, so that it
 * may go where the plan may not; a hash can confirm the guess of a short one.
 */
export type About = v.InferOutput<typeof about>;

/** A plan with what it was made against. */
export interface PlacedPlan extends PlannedStack {
  readonly position: StatePosition;
  /** Releases, by source address. */
  readonly providers: Readonly<Record<string, string>>;
}

export function aboutOf({ plan, position, providers }: PlacedPlan, commit: Commit, now: Date): About {
  return {
    schemaVersion: 1,
    stack: plan.stack,
    ...commit,
    ...(position.serial !== undefined && { stateSerial: position.serial }),
    ...(position.lineage !== undefined && { stateLineage: position.lineage }),
    terraformVersion: plan.plan.terraformVersion,
    providerVersions: providers,
    hash: changesHash([plan]),
    changes: hashedChanges(plan, hash),
    plannedAt: now.toISOString(),
  };
}

/** Undefined where it is something else. */
export function readAbout(document: unknown): About | undefined {
  const parsed = v.safeParse(about, document);
  return parsed.success ? parsed.output : undefined;
}
