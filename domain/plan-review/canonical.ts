import { attributeChanges, type Shown, wayText } from "./attributes.ts";
import { doesSomething, isIdle, isMoved, isWhole } from "./counts.ts";
import type { Json, OutputChange, ResourceChange, StackPlan, ValueChange } from "./plan.ts";

/** What is known of a stack's changes. */
type Said = Pick<StackPlan, "plan" | "written">;

/** The hash of a text, in hexadecimal. */
export type Hash = (text: string) => string;

/**
 * What the plans change, as one text that is equal for equal changes: the order of a plan, what stays as it is, reads, drift,
 * versions and times are not in it, so that it is the same after somebody else's merge as long as the changes are.
 * Of an update or a replacement it has the attributes that change, of a removal only which object goes. A stack with nothing
 * to do is not in it, so that plans of all stacks and of those that change are the same. A value that is only known when it
 * is applied stands there as it is written: a policy that names what is yet to be made says no other thing unnoticed.
 *
 * @param hash takes the place of sensitive values
 */
export function canonicalChanges(plans: readonly StackPlan[], hash: Hash): string {
  const busy = plans.filter((one) => !isIdle(one));
  const stacks = busy.map(({ stack, plan, written }) => ({
    stack,
    // One that may lack changes must not have the hash of one that has none.
    whole: isWhole(plan),
    changes: plan.changes
      .filter(doesSomething)
      .map((change) => canonicalChange(change, { plan, written }, hash))
      .sort(),
    outputs: plan.outputs
      .filter(({ action }) => action !== "no-op")
      .map((output) => canonicalOutput(output, hash))
      .sort(),
  }));
  return JSON.stringify(stacks.map((stack) => JSON.stringify(stack)).sort());
}

/** One change of a plan, by what it does and a hash of all that it does, out of which only a guess can be confirmed. */
export interface HashedChange {
  readonly address: string;
  readonly action: string;
  readonly hash: string;
}

/** The changes of resources of a plan one by one, by address: what two plans are told apart by. */
export const hashedChanges = (said: Said, hash: Hash): HashedChange[] =>
  said.plan.changes
    .filter(doesSomething)
    .map((change) => ({
      address: change.address,
      action: change.action,
      hash: hash(canonicalChange(change, said, hash)),
    }))
    .sort((one, other) => (one.address < other.address ? -1 : 1));

/** Likewise for the change of one resource, `said` being what is known of its stack. */
export function canonicalChange(change: ResourceChange, said: Said, hash: Hash): string {
  const { address, deposed, action, replaceOrder, importing, replacePaths } = change;
  return canonicalJson({
    address,
    action,
    object: idOf(change),
    values: action === "delete" || action === "forget" ? [] : values(change, hash, later(change, said)),
    ...(isMoved(change) && { from: change.previousAddress ?? "" }),
    ...(importing !== undefined && { importing }),
    ...(deposed !== undefined && { deposed }),
    ...(replaceOrder && { replaceOrder, forced: replacePaths.map(wayText).sort() }),
  });
}

function canonicalOutput(output: OutputChange, hash: Hash): string {
  return canonicalJson({ name: output.name, values: values(output, hash) });
}

/** @param later what is written of an attribute whose value is not known yet */
function values(
  change: ValueChange,
  hash: Hash,
  later: (attribute: string) => Json | undefined = () => undefined,
): Json {
  return attributeChanges(change).map(({ way, before, after }) => {
    const said = after.kind === "unknown" ? later(String(way[0])) : undefined;
    return [wayText(way), plain(before, hash), said === undefined ? plain(after, hash) : { later: said }];
  });
}

/** Instances of one resource are written once. The plan has of an interpolated text only what it speaks of. */
function later({ address }: ResourceChange, { plan, written }: Said) {
  const resource = address.replace(/\[.*\]$/, "");
  return (attribute: string) => (written?.get(resource) ?? plan.expressions.get(resource))?.[attribute];
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

/** JSON with all keys in order. */
export function canonicalJson(value: Json): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
