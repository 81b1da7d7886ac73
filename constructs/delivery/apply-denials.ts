import type { AwsStack } from "../core/aws-stack.ts";
import type { Statement } from "../core/policy.ts";
import { bucketArn, roleArn } from "./services.ts";
import { lockTableArn, type States, stateKeyOf } from "./state-access.ts";
import { policyArn } from "./within-boundary.ts";

export interface DenialProps {
  readonly states: States;
  /** In the tag `onair:environment` of all that an environment has. */
  readonly environment: string;
  /** What the names of its resources match. */
  readonly names: string;
  /** The name of the boundary that every role has which it makes. */
  readonly workloadBoundary: string;
}

const TAG = "aws:ResourceTag/onair:environment";

/**
 * What applies may not do, whatever else is attached: roles get rights within the boundary of workloads alone; names do not
 * tell keys and pools of users apart from those of others, their tags do; what holds the states is nobody's to change. AWS
 * gives a boundary too few characters for it, and who applies can take off neither the boundary nor this.
 *
 * That a key has its tags as soon as it is made, that neither tag nor alias is known while it is being made, and that Cognito
 * asks about a pool that is being made by no id, if it asks for the right to tag at all, is unverified.
 */
export function applyDenials(stack: AwsStack, props: DenialProps): Statement[] {
  const { states, environment, names, workloadBoundary } = props;
  const keys = [stack.arn("kms", "key/*")];
  const pools = [stack.arn("cognito-idp", "userpool/*")];
  return [
    {
      sid: "NoRoleBeyondBoundary",
      effect: "Deny",
      actions: ["iam:CreateRole", "iam:PutRolePolicy"],
      resources: [roleArn(stack, names)],
      conditions: { StringNotEquals: { "iam:PermissionsBoundary": policyArn(stack, workloadBoundary) } },
    },
    {
      sid: "OpenNothingBesideS3",
      effect: "Deny",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: keys,
      conditions: { StringNotEquals: { "kms:ViaService": `s3.${stack.region}.amazonaws.com` } },
    },
    {
      sid: "LeaveKeysOfOthers",
      effect: "Deny",
      actions: ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:UntagResource"],
      resources: keys,
      conditions: { StringNotEquals: { [TAG]: environment } },
    },
    {
      // Without a tag: a key that is being made, too, which has no alias yet.
      sid: "TakeNoKeyOfOthers",
      effect: "Deny",
      actions: ["kms:TagResource"],
      resources: keys,
      conditions: { Null: { [TAG]: "false" }, StringNotEquals: { [TAG]: environment } },
    },
    {
      sid: "TakeNoKeyInUse",
      effect: "Deny",
      actions: ["kms:TagResource"],
      resources: keys,
      conditions: { Null: { [TAG]: "true", "kms:ResourceAliases": "false" } },
    },
    {
      sid: "LeaveUsersOfOthers",
      effect: "Deny",
      actions: [
        ...["UpdateUserPool", "DeleteUserPool", "SetUserPoolMfaConfig", "UntagResource"],
        ...["CreateUserPoolClient", "UpdateUserPoolClient", "DeleteUserPoolClient"],
        ...["CreateGroup", "UpdateGroup", "DeleteGroup"],
      ].map((name) => `cognito-idp:${name}`),
      resources: pools,
      conditions: { StringNotEquals: { [TAG]: environment } },
    },
    {
      // A pool that is being made has no id yet, and no tag: what is asked about may be any pool, `*`.
      sid: "TakeNoUsersOfOthers",
      effect: "Deny",
      actions: ["cognito-idp:TagResource"],
      resources: [stack.arn("cognito-idp", `userpool/${stack.region}_*`)],
      conditions: { StringNotEquals: { [TAG]: environment } },
    },
    ...leaveStateHome(stack, states),
  ];
}

/** The bucket, the table and the key of the states, which may well be called as what is deployed. */
function leaveStateHome(stack: AwsStack, states: States): Statement[] {
  const key = stateKeyOf(stack, states);
  return [
    {
      sid: "LeaveStateBucket",
      effect: "Deny",
      actions: [
        ...["CreateBucket", "DeleteBucket", "DeleteBucketPolicy", "PutBucketPolicy", "PutBucketPublicAccessBlock"],
        ...["PutBucketAcl", "PutBucketCORS", "PutBucketLogging", "PutBucketNotification", "PutBucketOwnershipControls"],
        ...["PutBucketObjectLockConfiguration", "PutBucketTagging", "PutBucketVersioning", "PutBucketWebsite"],
        ...["PutEncryptionConfiguration", "PutLifecycleConfiguration", "PutReplicationConfiguration"],
      ].map((name) => `s3:${name}`),
      resources: [bucketArn(stack, states.bucket)],
    },
    {
      sid: "LeaveStateVersions",
      effect: "Deny",
      actions: ["s3:DeleteObjectVersion"],
      resources: [bucketArn(stack, `${states.bucket}/*`)],
    },
    {
      sid: "LeaveLockTable",
      effect: "Deny",
      actions: [
        ...["CreateTable", "UpdateTable", "DeleteTable", "UpdateContinuousBackups", "UpdateTimeToLive"],
        ...["TagResource", "UntagResource"],
      ].map((name) => `dynamodb:${name}`),
      resources: [lockTableArn(stack, states)],
    },
    ...(key === undefined
      ? []
      : [
          {
            sid: "LeaveStateKey",
            effect: "Deny" as const,
            actions: [
              ...["PutKeyPolicy", "ScheduleKeyDeletion", "DisableKey", "CreateGrant", "RevokeGrant"],
              ...["TagResource", "UntagResource", "CreateAlias", "UpdateAlias", "DeleteAlias"],
            ].map((name) => `kms:${name}`),
            ...key,
          },
        ]),
  ];
}
