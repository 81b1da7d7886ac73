import { cloudControlType, declaredTypes, registryTypeOf } from "../cloud-control.ts";
import { lost, type Rule, written } from "./finding.ts";

/** What no rule knows is not made by a way that can make anything. */
export const cloudControlRules: readonly Rule[] = [
  {
    id: "cloud-control-type",
    reason: "Cloud Control makes, changes or removes what no rule of the guard knows.",
    remedy: `Use the provider's own resource; by Cloud Control, ${[...declaredTypes.keys()].join(" and ")} alone.`,
    find: (plan) =>
      [...new Set([...written(plan, cloudControlType), ...lost(plan, cloudControlType)])].map((change) => ({
        address: change.address,
        details: [registryTypeOf(change) ?? "a type that is only known when it is applied"],
      })),
  },
];
