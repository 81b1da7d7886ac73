import { canonicalChange } from "../canonical.ts";
import { asOwnTypes } from "../cloud-control.ts";
import type { StackPlan } from "../plan.ts";
import { type Allowance, allowanceFor } from "./allowance.ts";
import type { Finding, GuardInput, Objection, Rule } from "./finding.ts";
import { rules } from "./rules.ts";
import { type Unjudged, unjudgedIn } from "./unjudged.ts";

export interface GuardResult {
  /** Sorted by rule, stack and address. Those without `allowed` refuse the plan. */
  readonly findings: readonly Finding[];
  /** Allowances that speak of nothing in these plans, to be removed. */
  readonly unused: readonly Allowance[];
  /** Policies that are only known when they are applied, so that no rule has read them. */
  readonly unjudged: readonly Unjudged[];
}

/** Tries every rule on every plan; a finding passes only where an allowance names its rule, its address and its change. */
export function guard(input: GuardInput, allowances: readonly Allowance[] = []): GuardResult {
  const used = new Set<Allowance>();
  const findings = input.plans.flatMap((stackPlan) => {
    const plan = asOwnTypes(stackPlan.plan);
    return rules.flatMap((rule) =>
      rule.find(plan, input.facts).map((objection) => {
        const finding = findingOf(stackPlan, rule, objection, input);
        const allowance = allowanceFor(finding, allowances);
        if (allowance === undefined) return finding;
        used.add(allowance);
        return { ...finding, allowed: allowance.reason };
      }),
    );
  });
  return {
    findings: findings.sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1)),
    unused: allowances.filter((allowance) => !used.has(allowance)),
    unjudged: input.plans.flatMap(unjudgedIn),
  };
}

export const refuses = ({ findings }: GuardResult): boolean => findings.some(({ allowed }) => allowed === undefined);

function findingOf(stackPlan: StackPlan, rule: Rule, objection: Objection, { hash }: GuardInput): Finding {
  const { stack, plan, paths } = stackPlan;
  const { id, reason, remedy } = rule;
  const path = paths?.get(objection.address);
  const changes = plan.changes.filter(({ address }) => address === objection.address);
  // What the rule says is part of it: a check can fail of which the plan has no change.
  const said = [stack, id, ...objection.details, ...changes.map((change) => canonicalChange(change, stackPlan, hash))];
  return {
    ...objection,
    ...{ stack, rule: id, reason, remedy },
    hash: hash(JSON.stringify(said)),
    ...(path !== undefined && { path }),
  };
}

const sortKey = ({ rule, stack, address, hash }: Finding): string => JSON.stringify([rule, stack, address, hash]);
