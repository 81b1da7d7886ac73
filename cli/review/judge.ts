import { readAllowances } from "#domain/plan-review/guard/allowance.ts";
import type { Finding } from "#domain/plan-review/guard/finding.ts";
import { type GuardResult, guard } from "#domain/plan-review/guard/guard.ts";
import type { StackPlan } from "#domain/plan-review/plan.ts";
import type { Target } from "../onair/target.ts";
import { CliError } from "../terminal/cli-error.ts";
import { readFacts } from "./facts.ts";
import { hash } from "./hash.ts";
import { readDocument } from "./read-files.ts";

export interface JudgeOptions {
  /** A file of allowances. */
  readonly allow: string | undefined;
  /** Asked who is live. @default nobody is asked */
  readonly target: Target | undefined;
  readonly again: string;
}

/**
 * The guard's word on plans.
 *
 * @throws CliError PLAN_UNUSABLE for the allowances, SETTINGS_INVALID, AWS_UNREACHABLE
 */
export async function judge(plans: readonly StackPlan[], { allow, target, again }: JudgeOptions): Promise<GuardResult> {
  const allowances = allow === undefined ? [] : readDocument(allow, readAllowances);
  return guard({ plans, hash, facts: await readFacts(plans, target, again) }, allowances);
}

/** Rules by their count; what each is about stands in the summary. */
export function refusal(findings: readonly Finding[]): CliError {
  const refused = findings.filter(({ allowed }) => allowed === undefined);
  const rules = [...new Set(refused.map(({ rule }) => rule))];
  const lines = rules.map((rule) => `${refused.filter((finding) => finding.rule === rule).length} × ${rule}`);
  const found = refused.length === 1 ? "1 finding" : `${refused.length} findings`;
  const cure = "Follow the summary, or have a finding allowed: docs/guide/plan-review.md";
  return new CliError("PLAN_REFUSED", `The guard refuses these plans: ${found}.`, lines.join(", "), cure);
}
