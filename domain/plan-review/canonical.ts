import { attributeChanges, type Shown, wayText } from "./attributes.ts";
import { doesSomething, isMoved } from "./counts.ts";
import type { Json, OutputChange, ResourceChange, StackPlan, ValueChange } from "./plan.ts";

/** The hash of a text, in hexadecimal. */
export type Hash = (text: string) => string;

/**
 * What the plans change, as one text that is equal for equal changes: the order of a plan, what stays as it is, reads, drift,
 * versions and times are not in it, so that it is the same after somebody else's merge as long as the changes are.
 * Of an update or a replacement it has the attributes that change, of a removal only which object goes. A stack with nothing
 * to do is not in it, so that plans of all stacks and of those that change are the same.
 *
 * @param hash takes the place of sensitive values
 */
export function canonicalChanges(plans: readonly StackPlan[], hash: Hash): string {
  const stacks = plans.map(({ stack, plan }) => ({
    stack,
    // Such a plan may lack changes, and must not have the hash of one that has none.
    whole: plan.complete && !plan.errored && plan.deferred.length === 0,
    changes: plan.changes
      .filter(doesSomething)
      .map((change) => canonicalChange(change, hash))
      .sort(),
    outputs: plan.outputs
      .filter(({ action }) => action !== "no-op")
      .map((output) => canonicalOutput(output, hash))
      .sort(),
  }));
  const busy = stacks.filter(({ whole, changes, outputs }) => !whole || changes.length > 0 || outputs.length > 0);
  return JSON.stringify(busy.map((stack) => JSON.stringify(stack)).sort());
}

/** One change of a plan, by what it does and a hash of all that it does: no value can be read out of it. */
export interface HashedChange {
  readonly address: string;
  readonly action: string;
  readonly hash: string;
}

/** The changes of resources of a plan one by one, by address: what two plans are told apart by. */
export const hashedChanges = ({ plan }: Pick<StackPlan, "plan">, hash: Hash): HashedChange[] =>
  plan.changes
    .filter(doesSomething)
    .map((change) => ({ address: change.address, action: change.action, hash: hash(canonicalChange(change, hash)) }))
    .sort((one, other) => (one.address < other.address ? -1 : 1));

/** Likewise for the change of one resource. */
export function canonicalChange(change: ResourceChange, hash: Hash): string {
  const { address, deposed, action, replaceOrder, importing, replacePaths } = change;
  return canonicalJson({
    address,
    action,
    object: idOf(change),
    values: action === "delete" || action === "forget" ? [] : values(change, hash),
    ...(isMoved(change) && { from: change.previousAddress ?? "" }),
    ...(importing !== undefined && { importing }),
    ...(deposed !== undefined && { deposed }),
    ...(replaceOrder && { replaceOrder, forced: replacePaths.map(wayText).sort() }),
  });
}

function canonicalOutput(output: OutputChange, hash: Hash): string {
  return canonicalJson({ name: output.name, values: values(output, hash) });
}

function values(change: ValueChange, hash: Hash): Json {
  return attributeChanges(change).map(({ way, before, after }) => [
    wayText(way),
    plain(before, hash),
    plain(after, hash),
  ]);
}

function plain(shown: Shown, hash: Hash): Json {
  if (shown.kind === "value") return { value: shown.value };
  if (shown.kind === "sensitive") return { hash: hash(canonicalJson(shown.value)) };
  return shown.kind;
}

/** Which object it is: something else may stand at the same address. */
function idOf({ before }: ResourceChange): Json {
  if (before === null || typeof before !== "object" || Array.isArray(before)) return null;
  const { arn, id } = before as Readonly<Record<string, Json>>;
  return arn ?? id ?? null;
}

function canonicalJson(value: Json): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
