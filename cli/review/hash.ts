import { createHash } from "node:crypto";
import { canonicalChanges } from "#domain/plan-review/canonical.ts";
import type { StackPlan } from "#domain/plan-review/plan.ts";

export const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The hash of all that the plans change: what a review names, and what an apply is held to. */
export const changesHash = (plans: readonly StackPlan[]): string => hash(canonicalChanges(plans, hash));
