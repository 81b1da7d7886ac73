import type { AwsStack, RemoteState } from "../core/aws-stack.ts";
import type { Statement } from "../core/policy.ts";
import { bucketArn } from "./services.ts";

/** Where the states of an environment are, and which of them a role may write. */
export interface States extends Pick<RemoteState, "bucket" | "region" | "dynamodbTable" | "kmsKeyId"> {
  /** What the keys of all of them match, for example `onair/dev/*.tfstate`. */
  readonly keys: string;
}

/** States may be kept in another region than what they describe. */
export const lockTableArn = (stack: AwsStack, { dynamodbTable, region }: States): string =>
  stack.arn("dynamodb", `table/${dynamodbTable}`, region);

/**
 * Items of the lock table are called by their states; the digest of a state by the state with `-md5` at its end, what somebody
 * carries out by the state with `@` and who it is.
 */
const itemsOf = (states: States, keys: readonly string[]) => ({
  "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keys.map((key) => `${states.bucket}/${key}`) },
});

/** To read every state, and whether somebody holds a lock. */
export const readStates = (stack: AwsStack, states: States): Statement[] => [
  { sid: "ListStates", actions: ["s3:ListBucket"], resources: [bucketArn(stack, states.bucket)] },
  {
    sid: "ReadStates",
    actions: ["s3:GetObject"],
    resources: [`${states.keys}`, `${states.keys}.tflock`].map((key) => bucketArn(stack, `${states.bucket}/${key}`)),
  },
  { sid: "ReadLocks", actions: ["dynamodb:GetItem"], resources: [lockTableArn(stack, states)] },
  ...decrypt(stack, states, ["kms:Decrypt"]),
];

/** To take and free both halves of any lock, and to say beside it what is carried out. The digests, by which Terraform knows a state, stay as they are. */
export const takeLocks = (stack: AwsStack, states: States): Statement[] => [
  {
    sid: "TakeLockFiles",
    actions: ["s3:PutObject", "s3:DeleteObject"],
    resources: [bucketArn(stack, `${states.bucket}/${states.keys}.tflock`)],
  },
  {
    sid: "TakeLocks",
    actions: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
    resources: [lockTableArn(stack, states)],
    conditions: itemsOf(states, [states.keys, `${states.keys}@*`]),
  },
];

/** To write the states of `keys`, and their digests. */
export const writeStates = (stack: AwsStack, states: States, keys: readonly string[]): Statement[] => [
  {
    sid: "WriteStates",
    actions: ["s3:PutObject"],
    resources: keys.map((key) => bucketArn(stack, `${states.bucket}/${key}`)),
  },
  {
    sid: "WriteDigests",
    actions: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
    resources: [lockTableArn(stack, states)],
    conditions: itemsOf(
      states,
      keys.map((key) => `${key}-md5`),
    ),
  },
];

/** Nothing in the bucket of the states nor in the table of the locks is written, whatever else is attached. */
export const leaveStates = (stack: AwsStack, states: States): Statement[] => [
  {
    sid: "LeaveStates",
    effect: "Deny",
    actions: ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
    resources: [bucketArn(stack, `${states.bucket}/*`)],
  },
  {
    sid: "LeaveLocks",
    effect: "Deny",
    actions: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"],
    resources: [lockTableArn(stack, states)],
  },
];

/** What a policy calls the key of the states; undefined where it is S3's own, which serves everybody who may read the bucket. */
export function stateKeyOf(
  stack: AwsStack,
  { kmsKeyId, region }: States,
): Pick<Statement, "resources" | "conditions"> | undefined {
  if (kmsKeyId === undefined || kmsKeyId === "alias/aws/s3") return undefined;
  if (!kmsKeyId.includes("alias/")) {
    return { resources: [kmsKeyId.startsWith("arn:") ? kmsKeyId : stack.arn("kms", `key/${kmsKeyId}`, region)] };
  }
  const alias = kmsKeyId.slice(kmsKeyId.indexOf("alias/"));
  return {
    resources: [stack.arn("kms", "key/*", region)],
    conditions: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": alias } },
  };
}

/** Another key than S3's own asks for a permission of its own. */
export function decrypt(stack: AwsStack, states: States, actions: readonly string[]): Statement[] {
  const key = stateKeyOf(stack, states);
  if (key === undefined) return [];
  const throughS3 = { StringEquals: { "kms:ViaService": `s3.${states.region}.amazonaws.com` } };
  return [{ sid: "UseStateKey", actions, resources: key.resources, conditions: { ...throughS3, ...key.conditions } }];
}
