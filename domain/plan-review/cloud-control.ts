import type { Json, Plan, ResourceChange, ValueChange } from "./plan.ts";

/** What Terraform calls a resource that AWS Cloud Control makes. */
export const cloudControlType = "aws_cloudcontrolapi_resource";

/** Types of CloudFormation's registry that stacks may declare, by what rules know them as. */
export const declaredTypes: ReadonlyMap<string, string> = new Map([
  ["AWS::IVS::RecordingConfiguration", "aws_ivs_recording_configuration"],
  ["AWS::IVS::PlaybackRestrictionPolicy", "aws_ivs_playback_restriction_policy"],
]);

/** Which type a change is of; of CloudFormation's registry. */
export const registryTypeOf = ({ before, after }: Pick<ValueChange, "before" | "after">): string | undefined =>
  [after, before].map((values) => inside(values).type_name).find((name) => typeof name === "string");

/** As it is, but with the texts of JSON that say how a resource is by their parts, so that each can be told. */
export function unfolded<Change extends ValueChange>(change: Change): Change {
  if (registryTypeOf(change) === undefined) return change;
  return ["desired_state", "properties"].reduce(withParts, change);
}

/**
 * As if the provider had a resource of its own for what Cloud Control makes, so that rules need to know one type: its ARN and
 * its name stand where theirs do. Another type of the registry stays what it is.
 */
export function asOwnTypes(plan: Plan): Plan {
  return { ...plan, changes: plan.changes.map(asOwnType) };
}

function asOwnType(change: ResourceChange): ResourceChange {
  const type = change.type === cloudControlType ? declaredTypes.get(registryTypeOf(change) ?? "") : undefined;
  if (type === undefined) return change;
  return { ...change, type, before: withName(change.before), after: withName(change.after) };
}

type Values = { readonly [key: string]: Json };

const inside = (values: Json | undefined): Values =>
  values !== null && typeof values === "object" && !Array.isArray(values) ? (values as Values) : {};

function withName(values: Json): Json {
  if (values === null) return null;
  const { id, desired_state: desired, ...others } = inside(values);
  const name = inside(parsed(desired)).Name;
  return {
    ...{ ...others, desired_state: desired ?? null },
    ...(id !== undefined && { arn: id }),
    ...(name !== undefined && { name }),
  };
}

/** A text that is no JSON, before or after, stays a text: nothing that changes is lost. */
function withParts<Change extends ValueChange>(change: Change, attribute: string): Change {
  const parts = [change.before, change.after].map((values) => {
    const text = inside(values)[attribute];
    return typeof text === "string" ? parsed(text) : undefined;
  });
  if (parts.some((value) => value !== undefined && inside(value) !== value)) return change;
  const [before, after] = [change.before, change.after].map((values, side) =>
    parts[side] === undefined ? values : { ...inside(values), [attribute]: parts[side] },
  ) as [Json, Json];
  return { ...change, before, after };
}

/** The value of JSON; any other text, and what is no text, as it is. */
function parsed(text: Json | undefined): Json {
  if (typeof text !== "string") return text ?? null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
