import { isDeepStrictEqual } from "node:util";
import { isObject, type TerraformObject, type TerraformValue, UNKNOWN } from "./dynamic-value.ts";
import { ATTRIBUTES, COMPUTED, REPLACING, SOURCE_BLOCK } from "./schema.ts";

/** What Terraform is to do with a resource archive_file. */
export interface ResourcePlan {
  readonly planned: TerraformValue;
  /** The attributes whose change makes a new resource. */
  readonly replacing: readonly string[];
}

/** Compares what is with what is wanted; where anything differs, the computed attributes are known only after apply. */
export const planResource = (prior: TerraformValue, proposed: TerraformValue): ResourcePlan => {
  if (!isObject(proposed)) return { planned: proposed, replacing: [] };
  const before: TerraformObject = isObject(prior) ? prior : {};
  const changed = Object.keys(proposed).filter(
    (name) => !COMPUTED.includes(name) && !isDeepStrictEqual(before[name], proposed[name]),
  );
  if (isObject(prior) && changed.length === 0) return { planned: proposed, replacing: [] };
  return {
    planned: { ...proposed, ...Object.fromEntries(COMPUTED.map((name) => [name, UNKNOWN])) },
    replacing: isObject(prior) ? changed.filter((name) => REPLACING.includes(name)) : [],
  };
};

/** A state from a state file in the shape of today's schema: what it lacks is null, what is no longer known is dropped. */
export const upgradeState = (json: string): TerraformObject => {
  const saved = JSON.parse(json) as TerraformObject;
  return {
    ...Object.fromEntries(Object.keys(ATTRIBUTES).map((name) => [name, saved[name] ?? null])),
    [SOURCE_BLOCK]: saved[SOURCE_BLOCK] ?? [],
  };
};
