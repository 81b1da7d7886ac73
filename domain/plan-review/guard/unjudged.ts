import type { StackPlan } from "../plan.ts";
import { iamTypes, resourcePolicyTypes } from "./exposure.ts";
import { written } from "./finding.ts";
import { valueAt } from "./values.ts";

/** A policy that no rule could read, because it names what is yet to be made. */
export interface Unjudged {
  readonly stack: string;
  readonly address: string;
  /** For example `policy`. */
  readonly attribute: string;
}

const policyAttributes = ["policy", "assume_role_policy", "inline_policy"] as const;

/** By address. A queue or bucket that says no policy gets none: only what the configuration asks for counts. */
export function unjudgedIn({ stack, plan }: StackPlan): Unjudged[] {
  const types = [...new Set([...iamTypes, ...resourcePolicyTypes])];
  return written(plan, ...types)
    .flatMap(({ address, afterUnknown }) =>
      policyAttributes
        .filter((attribute) => valueAt(afterUnknown, attribute) === true)
        .filter((attribute) => isAskedFor(plan.configured.get(address.replace(/\[.*\]$/, "")), attribute))
        .map((attribute) => ({ stack, address, attribute })),
    )
    .sort((one, other) => (one.address < other.address ? -1 : 1));
}

const isAskedFor = (said: Readonly<Record<string, unknown>> | undefined, attribute: string): boolean =>
  said === undefined || attribute in said;
