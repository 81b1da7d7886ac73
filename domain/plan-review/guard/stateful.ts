import { attributeChanges } from "../attributes.ts";
import type { ResourceChange } from "../plan.ts";
import { lost, type Rule } from "./finding.ts";
import { textAt } from "./values.ts";

interface Kept {
  readonly id: string;
  readonly type: string;
  readonly reason: string;
  readonly remedy: string;
}

const keepIt = "Leave it in the settings, or move its data and its users first and have the removal allowed.";

/** What cannot be made again as it was. */
const kept: readonly Kept[] = [
  {
    id: "key-pair-lost",
    type: "aws_ivs_playback_key_pair",
    reason: "Every playback token that this key signed becomes invalid.",
    remedy: "Add the new key beside it, sign by the new one, and remove this one when the longest token has run out.",
  },
  {
    id: "kms-key-lost",
    type: "aws_kms_key",
    reason: "What this key has encrypted can no longer be read, and what it signs can no longer be signed.",
    remedy: "Take it out of use first, and have the removal allowed when nothing needs it.",
  },
  { id: "table-lost", type: "aws_dynamodb_table", reason: "All rows of the table go.", remedy: keepIt },
  {
    id: "user-pool-lost",
    type: "aws_cognito_user_pool",
    reason: "All users go; nobody's password can be brought back.",
    remedy: keepIt,
  },
  {
    id: "bucket-lost",
    type: "aws_s3_bucket",
    reason: "The objects of the bucket go, or the apply fails because there are some.",
    remedy: keepIt,
  },
];

const detailsOf = (change: ResourceChange): string[] => {
  const { before, action, replacePaths } = change;
  const name = textAt(before, "name") ?? textAt(before, "bucket") ?? textAt(before, "description");
  const id = textAt(before, "arn") ?? textAt(before, "id");
  const forced = replacePaths.map((way) => way.join(".")).sort();
  return [
    ...[name, id].filter((text) => text !== undefined),
    action === "replace" ? `replaced because of ${forced.join(", ") || "its own replacement"}` : "destroyed",
  ];
};

/** What holds data or keys is not destroyed or replaced, and nothing about who is a user is changed in passing. */
export const statefulRules: readonly Rule[] = [
  ...kept.map(({ id, type, reason, remedy }) => ({
    ...{ id, reason, remedy },
    find: (plan: Parameters<Rule["find"]>[0]) =>
      lost(plan, type).map((change) => ({ address: change.address, details: detailsOf(change) })),
  })),
  {
    id: "user-pool-schema",
    reason: "Cognito cannot change or remove an attribute of a user pool, and cannot take back one that is added.",
    remedy: "Leave the attributes as they are; keep what is new in the table.",
    find: ({ changes }) =>
      changes
        .filter(({ type, action }) => type === "aws_cognito_user_pool" && action === "update")
        .filter((change) => attributeChanges(change).some(({ way }) => way[0] === "schema"))
        .map((change) => ({ address: change.address, details: detailsOf(change).slice(0, -1) })),
  },
];
