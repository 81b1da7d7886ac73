import { unfolded } from "./cloud-control.ts";
import type { Json, ValueChange } from "./plan.ts";
import { isSecretName, withoutSecrets } from "./secrets.ts";

/** What a review may say of a value. */
export type Shown =
  | { readonly kind: "absent" }
  | { readonly kind: "value"; readonly value: Json }
  /** Known when it is applied. */
  | { readonly kind: "unknown" }
  /** `value` is for hashing, never for showing. */
  | { readonly kind: "sensitive"; readonly value: Json };

export type Way = readonly (string | number)[];

export interface AttributeChange {
  readonly way: Way;
  readonly before: Shown;
  readonly after: Shown;
}

const absent: Shown = { kind: "absent" };
const unknown: Shown = { kind: "unknown" };

/** What stands at one place of a value, before or after. */
interface Side {
  readonly value: Json | undefined;
  readonly unknown: Json | undefined;
  readonly sensitive: Json | undefined;
}

/** Every attribute whose value changes, down to the leaves; one that is sensitive as a whole is not looked into. */
export function attributeChanges(whole: ValueChange): AttributeChange[] {
  const change = unfolded(whole);
  const found: AttributeChange[] = [];
  const before: Side = { value: change.before ?? undefined, unknown: false, sensitive: change.beforeSensitive };
  const after: Side = {
    value: change.after ?? undefined,
    unknown: change.afterUnknown,
    sensitive: change.afterSensitive,
  };
  walk([], before, after, found);
  return found;
}

function walk(way: Way, before: Side, after: Side, found: AttributeChange[]): void {
  const name = String(way.findLast((step) => typeof step === "string") ?? "");
  const secret = isSecretName(name) && (isText(before.value) || isText(after.value));
  const isHidden = secret || before.sensitive === true || after.sensitive === true;
  if (isHidden || after.unknown === true || ![before.value, after.value, after.unknown].some(isNested)) {
    const change = {
      way,
      before: shown(before, isHidden),
      after: after.unknown === true ? unknown : shown(after, isHidden),
    };
    if (!isSame(change.before, change.after)) found.push(change);
    return;
  }
  // A list that becomes a map, or a block that goes altogether, is walked by whatever steps either has.
  for (const step of stepsOf(before, after)) walk([...way, step], inside(before, step), inside(after, step), found);
}

const isText = (value: Json | undefined): boolean => typeof value === "string";

const isNested = (value: Json | undefined): value is readonly Json[] | { readonly [key: string]: Json } =>
  value !== null && typeof value === "object" && Object.keys(value).length > 0;

/** Terraform fills what is not set with null, and has empty lists for blocks that are not there. */
const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);

function shown({ value }: Side, isHidden: boolean): Shown {
  if (value === undefined || isEmpty(value)) return absent;
  if (isHidden || (typeof value === "string" && withoutSecrets(value) !== value)) return { kind: "sensitive", value };
  return { kind: "value", value };
}

function isSame(one: Shown, other: Shown): boolean {
  if (one.kind === "unknown" || other.kind === "unknown") return false;
  if (one.kind === "absent" || other.kind === "absent") return one.kind === other.kind;
  return JSON.stringify(one.value) === JSON.stringify(other.value);
}

function stepsOf(before: Side, after: Side): (string | number)[] {
  const isList = [before.value, after.value, after.unknown].filter(isNested).every(Array.isArray);
  const keys = [before.value, after.value, after.unknown].flatMap((value) =>
    value !== null && typeof value === "object" ? Object.keys(value) : [],
  );
  const steps = [...new Set(keys)];
  return isList ? steps.map(Number).sort((one, other) => one - other) : steps.sort();
}

function inside(side: Side, step: string | number): Side {
  return {
    value: at(side.value, step),
    unknown: at(side.unknown, step),
    sensitive: side.sensitive === true ? true : at(side.sensitive, step),
  };
}

function at(value: Json | undefined, step: string | number): Json | undefined {
  if (value === null || typeof value !== "object" || !Object.hasOwn(value, step)) return undefined;
  return (value as Readonly<Record<string | number, Json>>)[step];
}

/** `destination_configuration[0].s3`, as Terraform writes it. */
export function wayText(way: Way): string {
  return way
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}
