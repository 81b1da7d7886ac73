import type { Plan } from "../plan.ts";
import type { Facts, Objection, Rule } from "./finding.ts";

/**
 * How many there are at the worst moment: what is removed may go last, since nothing makes Terraform remove it first.
 * Those of the plan that stay count where nobody asked the target.
 */
function objectionsFor(type: string, quota: number, { changes }: Plan, facts: Facts): Objection[] {
  const ours = changes.filter((change) => change.type === type && change.mode === "managed");
  const made = ours.filter(
    ({ action, replaceOrder }) => action === "create" || (action === "replace" && replaceOrder === "create-first"),
  );
  const [first] = made.map(({ address }) => address).sort();
  const present = facts.present?.get(type) ?? ours.filter(({ action }) => action !== "create").length;
  if (first === undefined || present + made.length <= quota) return [];
  const leaving = ours.filter(({ action }) => action === "delete").length;
  const freed = leaving === 0 ? "" : `, and ${leaving} to go, maybe later`;
  return [
    { address: first, details: [`${type}: ${present} there, ${made.length} to be made${freed}; quota ${quota}`] },
  ];
}

/** What IVS would answer to the one too many: ServiceQuotaExceededException, in the middle of the apply. */
export const quotaRules: readonly Rule[] = [
  {
    id: "quota-exceeded",
    reason: "There would be more of them than an account may have in a region: the apply would fail half-way.",
    remedy: "Remove what is not used by an apply of its own first, or have the quota raised.",
    find: (plan, facts) =>
      [...(facts.quotas ?? [])].flatMap(([type, quota]) => objectionsFor(type, quota, plan, facts)),
  },
];
