import { type AttributeChange, attributeChanges } from "./attributes.ts";
import type { Json, Plan, ResourceChange } from "./plan.ts";

/** Something that others than Terraform have changed since its last run, and what of it. */
export interface Drift {
  readonly change: ResourceChange;
  /** None of what is gone. */
  readonly attributes: readonly AttributeChange[];
}

/**
 * What was changed by others, sorted by address. Reading a resource again turns what was null into an empty list or map, or
 * into false, zero or an empty text; nobody has changed that. Nor does it count where a resource repeats what another one of
 * the stack says, which Terraform compares there, nor what is written at run time by design.
 */
export function driftOf(plan: Plan): readonly Drift[] {
  return plan.drift
    .map((change) => ({
      change,
      attributes:
        change.action === "delete"
          ? []
          : attributeChanges(change).filter((one) => !isOnlyRead(one) && !isExpected(plan, change, String(one.way[0]))),
    }))
    .filter(({ change, attributes }) => change.action === "delete" || attributes.length > 0)
    .toSorted((one, other) => (one.change.address < other.change.address ? -1 : 1));
}

const isOnlyRead = ({ before, after }: AttributeChange): boolean =>
  before.kind === "absent" && after.kind === "value" && [false, 0, ""].some((value) => value === after.value);

/** Attributes that the provider fills from what another resource writes. */
interface Mirror {
  readonly type: string;
  readonly attribute: string;
  /** The type that writes it, and its attribute that names the first one, with the attribute that is named. */
  readonly writtenBy: { readonly type: string; readonly names: string; readonly by: string };
}

const ofBucket = (attribute: string, type: string): Mirror => ({
  ...{ type: "aws_s3_bucket", attribute },
  writtenBy: { type, names: "bucket", by: "bucket" },
});

const mirrors: readonly Mirror[] = [
  ofBucket("cors_rule", "aws_s3_bucket_cors_configuration"),
  ofBucket("lifecycle_rule", "aws_s3_bucket_lifecycle_configuration"),
  ofBucket("policy", "aws_s3_bucket_policy"),
  ofBucket("server_side_encryption_configuration", "aws_s3_bucket_server_side_encryption_configuration"),
  ofBucket("versioning", "aws_s3_bucket_versioning"),
  {
    ...{ type: "aws_kms_key", attribute: "policy" },
    writtenBy: { type: "aws_kms_key_policy", names: "key_id", by: "key_id" },
  },
  {
    ...{ type: "aws_sns_topic", attribute: "policy" },
    writtenBy: { type: "aws_sns_topic_policy", names: "arn", by: "arn" },
  },
  {
    ...{ type: "aws_iam_role", attribute: "inline_policy" },
    writtenBy: { type: "aws_iam_role_policy", names: "role", by: "name" },
  },
];

/** What functions and services write: by type and attribute. */
const writtenAtRunTime: ReadonlySet<string> = new Set([
  // Rows of the house's channels hold their live state; Terraform writes them once.
  "aws_dynamodb_table_item.item",
  "aws_lambda_event_source_mapping.last_processing_result",
]);

function isExpected(plan: Plan, change: ResourceChange, attribute: string): boolean {
  if (writtenAtRunTime.has(`${change.type}.${attribute}`)) return true;
  const mirror = mirrors.find((one) => one.type === change.type && one.attribute === attribute);
  if (mirror === undefined) return false;
  const { type, names, by } = mirror.writtenBy;
  const writers = plan.changes.filter(
    (other) => other.type === type && field(other.before, names) === field(change.after, by),
  );
  if (writers.length === 0) return false;
  // A role may have policies that no resource writes: nothing else would show one that was added by hand.
  const written = writers.map(({ before }) => field(before, "name"));
  return (
    attribute !== "inline_policy" || namesIn(field(change.after, attribute)).every((name) => written.includes(name))
  );
}

const field = (value: Json | undefined, name: string): Json | undefined =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)[name]
    : undefined;

const namesIn = (list: Json | undefined): readonly (Json | undefined)[] =>
  Array.isArray(list) ? list.map((entry: Json) => field(entry, "name")) : [];
