import { type AttributeChange, attributeChanges, type Shown, wayText } from "./attributes.ts";
import { code } from "./markdown.ts";
import type { Json, ResourceChange, StackPlan, ValueChange } from "./plan.ts";
import { hidden } from "./secrets.ts";

/** A change of more attributes says how many more there are. */
const mostAttributes = 40;

const isForced = (way: AttributeChange["way"], forced: ResourceChange["replacePaths"]): boolean =>
  forced.some((path) => path.every((step, index) => step === way[index]));

/** The construct's path where it is known, else the address; the address is what Terraform and an allowance know it by. */
export function nameOf({ paths }: Pick<StackPlan, "paths">, address: string): string {
  const path = paths?.get(address.replace(/\[.*\]$/, ""));
  return path === undefined ? code(address) : `${code(path)} (${code(address)})`;
}

/** `- name: before -> after` for each attribute; what forces a replacement comes first, and says so. */
export function attributeLines(
  change: ValueChange & Partial<Pick<ResourceChange, "replacePaths">>,
  changes: readonly AttributeChange[] = attributeChanges(change),
): string[] {
  const forced = change.replacePaths ?? [];
  const first = changes.filter(({ way }) => isForced(way, forced));
  const others = changes.filter(({ way }) => !isForced(way, forced));
  const lines = [
    ...first.map((one) => `  - **forces replacement**: ${attributeLine(one)}`),
    ...others.map((one) => `  - ${attributeLine(one)}`),
  ];
  const more = lines.length - mostAttributes;
  return more > 0 ? [...lines.slice(0, mostAttributes), `  - ${more} more attributes`] : lines;
}

function attributeLine({ way, before, after }: AttributeChange): string {
  const change = `${valueText(before)} → ${valueText(after)}`;
  return way.length === 0 ? change : `${code(wayText(way))}: ${change}`;
}

function valueText(shown: Shown): string {
  if (shown.kind === "absent") return "_none_";
  if (shown.kind === "unknown") return "_known after apply_";
  if (shown.kind === "sensitive") return hidden;
  return code(plainText(shown.value));
}

const plainText = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));
