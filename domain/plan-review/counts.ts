import { driftOf } from "./drift.ts";
import type { Plan, ResourceChange, StackPlan } from "./plan.ts";

/** How many resources of a plan meet what. One that is moved or imported and changed besides counts twice. */
export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly destroy: number;
  readonly forget: number;
  readonly import: number;
  readonly move: number;
  readonly drift: number;
}

export const isImported = ({ importing }: ResourceChange): boolean => importing !== undefined;

export const isMoved = ({ previousAddress, address }: ResourceChange): boolean =>
  previousAddress !== undefined && previousAddress !== address;

/** What applying it does; reads, and what stays as it is where it is, do nothing. */
export const doesSomething = (change: ResourceChange): boolean =>
  change.mode === "managed" &&
  ((change.action !== "no-op" && change.action !== "read") || isImported(change) || isMoved(change));

/** Whether there is all of the plan that Terraform wanted to make: another one may lack changes. */
export const isWhole = ({ complete, errored, deferred }: Plan): boolean =>
  complete && !errored && deferred.length === 0;

/** Whether applying the plan would do nothing at all, and the plan is whole. */
export const isIdle = ({ plan }: Pick<StackPlan, "plan">): boolean =>
  isWhole(plan) && !plan.changes.some(doesSomething) && !plan.outputs.some(({ action }) => action !== "no-op");

export function countsOf(plan: Plan): Counts {
  const managed = plan.changes.filter(({ mode }) => mode === "managed");
  const count = (action: ResourceChange["action"]) => managed.filter((change) => change.action === action).length;
  return {
    create: count("create"),
    update: count("update"),
    replace: count("replace"),
    destroy: count("delete"),
    forget: count("forget"),
    import: managed.filter(isImported).length,
    move: managed.filter(isMoved).length,
    drift: driftOf(plan).length,
  };
}
