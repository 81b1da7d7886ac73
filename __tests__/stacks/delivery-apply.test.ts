import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { describe, expect, it } from "vitest";
import { list, type PolicyStatement } from "#__tests__/support/policies.ts";
import { teamEnvironment, teamStacks } from "#__tests__/support/stacks.ts";
import {
  actions,
  boundary,
  controlled,
  delivery,
  denied,
  deniedOf,
  granted,
  platform,
  roleOf,
  THIS,
} from "./fixture/delivery-policies.ts";

describe("who applies", () => {
  const RIGHTS = [
    ...["iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:DeletePolicy"],
    ...["iam:DeleteRolePermissionsBoundary", "iam:CreateUser", "iam:CreateAccessKey", "iam:AddUserToGroup"],
    ...["iam:PutUserPolicy", "iam:AttachUserPolicy", "iam:UpdateOpenIDConnectProviderThumbprint", "sts:AssumeRole"],
    ...["iam:PutRolePermissionsBoundary", "iam:DetachRolePolicy"],
  ];

  it("stays within a boundary", () => {
    expect(roleOf(delivery, "apply")?.permissions_boundary).toBe("${aws_iam_policy.applies.arn}");
  });

  it.each([
    ["by the role", () => granted("apply")],
    ["by the boundary", () => boundary("applies")],
  ])("writes no policy, no user, and frees nobody of a boundary, %s", (_, statements) => {
    expect(actions(statements()).filter((action) => RIGHTS.includes(action))).toEqual([]);
  });

  const WORKLOADS = {
    "iam:PermissionsBoundary": `arn:${THIS.partition}:iam::${THIS.account}:policy/onair-delivery-dev-workloads`,
  };
  const ROLES = `arn:${THIS.partition}:iam::${THIS.account}:role/onair-dev-*`;
  const givingRights = (statements: readonly PolicyStatement[]) =>
    statements.filter((one) => actions([one]).some((action) => /^iam:(Create|Put|Attach)/.test(action)));
  const ofServices = { Resource: [expect.stringMatching(/role\/aws-service-role\/ivs\./), expect.anything()] };

  it("makes roles, and gives them rights, within the boundary of workloads alone", () => {
    expect(givingRights(granted("apply"))).toMatchObject([
      { Resource: [ROLES], Condition: { StringEquals: WORKLOADS } },
      { Sid: "RolesOfServices", ...ofServices },
    ]);
    expect(deniedOf("NoRoleBeyondBoundary")).toEqual({
      Sid: "NoRoleBeyondBoundary",
      Effect: "Deny",
      Action: ["iam:CreateRole", "iam:PutRolePolicy"],
      Resource: [ROLES],
      Condition: { StringNotEquals: WORKLOADS },
    });
  });

  it("is denied beyond that boundary every right over roles of the environment that its own boundary allows", () => {
    const [ofEnvironment, ...others] = givingRights(boundary("applies"));
    const roles = list(ofEnvironment?.Resource).filter((arn) => arn.includes(":iam:"));
    expect(roles).toEqual([ROLES]);
    const giving = list(ofEnvironment?.Action).filter((action) => /^iam:(Create|Put|Attach)/.test(action));
    expect(giving).toEqual(list(deniedOf("NoRoleBeyondBoundary")?.Action));
    expect(others).toMatchObject([ofServices]);
  });

  it("goes round none of this by Cloud Control: it passes roles to Lambda alone, so that calls are made by its own rights", () => {
    const name = (verb: string) => `cloudformation:${verb}`;
    expect(controlled("apply")).toEqual(
      ["CreateResource", "DeleteResource", "GetResource", "GetResourceRequestStatus", "UpdateResource"].map(name),
    );
    const passing = granted("apply").filter((one) => actions([one]).includes("iam:PassRole"));
    expect(passing).toMatchObject([{ Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } } }]);
  });

  it.each(["RecordingConfiguration", "PlaybackRestrictionPolicy"])(
    "makes and removes what Cloud Control makes for it in IVS: %s",
    (type) => {
      expect(actions(granted("apply"))).toEqual(
        expect.arrayContaining(["Create", "Get", "Delete"].map((verb) => `ivs:${verb}${type}`)),
      );
    },
  );

  it("reaches by no statement the roles and policies of delivery", () => {
    const iam = granted("apply").filter((one) => actions([one]).some((action) => action.startsWith("iam:")));
    expect(JSON.stringify(iam.map(({ Resource }) => Resource))).not.toMatch(/onair-delivery|:policy\/|role\/\*/);
  });

  it("has every action of its policy within its boundary, or could not do its work", () => {
    const within = new Set(actions(boundary("applies")));
    expect(actions(granted("apply")).filter((action) => !within.has(action))).toEqual([]);
  });

  const BUCKET_WRITES = [
    ...["s3:PutLifecycleConfiguration", "s3:PutEncryptionConfiguration", "s3:PutBucketVersioning", "s3:DeleteBucket"],
    ...["s3:PutBucketPolicy", "s3:PutReplicationConfiguration", "s3:PutBucketTagging"],
  ];

  it("is denied more than it is granted, by a policy that it cannot take off", () => {
    expect(delivery.resources(IamRolePolicyAttachment)).toContainEqual({
      role: "${aws_iam_role.apply.name}",
      policy_arn: "${aws_iam_policy.apply_Denied.arn}",
    });
    expect(denied().map(({ Effect }) => Effect)).toEqual(denied().map(() => "Deny"));
    expect([...actions(granted("apply")), ...actions(boundary("applies"))]).not.toContain("iam:DetachRolePolicy");
  });

  it.each([
    ["LeaveKeysOfOthers", ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:UntagResource"], "key/*"],
    ["LeaveUsersOfOthers", ["cognito-idp:DeleteUserPool", "cognito-idp:UpdateUserPool"], "userpool/*"],
  ])("leaves what has not the tag of its environment: %s", (sid, writes, resources) => {
    expect(deniedOf(sid)).toMatchObject({
      Action: expect.arrayContaining(writes),
      Resource: [expect.stringMatching(new RegExp(`:${resources.replace("*", "\\*")}$`))],
      Condition: { StringNotEquals: { "aws:ResourceTag/onair:environment": "dev" } },
    });
  });

  it("gives that tag to no key of others, and to none that has an alias", () => {
    expect(deniedOf("TakeNoKeyOfOthers")).toMatchObject({
      Action: ["kms:TagResource"],
      Condition: {
        Null: { "aws:ResourceTag/onair:environment": "false" },
        StringNotEquals: { "aws:ResourceTag/onair:environment": "dev" },
      },
    });
    expect(deniedOf("TakeNoKeyInUse")).toMatchObject({
      Action: ["kms:TagResource"],
      Condition: { Null: { "aws:ResourceTag/onair:environment": "true", "kms:ResourceAliases": "false" } },
    });
  });

  it("uses keys through S3 alone, and none where the states have none of their own", () => {
    expect(deniedOf("OpenNothingBesideS3")).toMatchObject({
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Condition: { StringNotEquals: { "kms:ViaService": "s3.us-west-2.amazonaws.com" } },
    });
    const uses = [...actions(granted("apply")), ...actions(boundary("applies"))];
    expect(uses.filter((action) => /^kms:(Decrypt|Generate)/.test(action))).toEqual([]);
  });

  it.each([
    ["by its id", "1234abcd", [`arn:${THIS.partition}:kms:us-west-2:${THIS.account}:key/1234abcd`], undefined],
    [
      "by its ARN",
      "arn:aws:kms:eu-west-1:111122223333:key/1234abcd",
      ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd"],
      undefined,
    ],
    [
      "by an alias",
      "alias/onair-dev-states",
      [`arn:${THIS.partition}:kms:us-west-2:${THIS.account}:key/*`],
      { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/onair-dev-states" } },
    ],
  ])("changes no key that the states are named to have, %s", (_, kms_key_id, resources, condition) => {
    const team = teamEnvironment();
    const stack = teamStacks({ ...team, backend: { ...team.backend, kms_key_id } }).delivery;
    const statement = deniedOf("LeaveStateKey", stack);
    expect(statement).toMatchObject({
      Action: expect.arrayContaining(["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]),
    });
    expect(statement?.Resource).toEqual(resources);
    expect(statement?.Condition).toEqual(condition);
  });

  it.each(["dev", "prod"])("leaves bucket and lock table of the states as they are, in %s, too", (name) => {
    const team = teamEnvironment(name);
    const stack = teamStacks(team).delivery;
    expect(deniedOf("LeaveStateBucket", stack)).toMatchObject({
      Action: expect.arrayContaining(BUCKET_WRITES),
      Resource: [`arn:${THIS.partition}:s3:::${team.backend.bucket}`],
    });
    expect(deniedOf("LeaveStateVersions", stack)?.Resource).toEqual([
      `arn:${THIS.partition}:s3:::${team.backend.bucket}/*`,
    ]);
    expect(deniedOf("LeaveLockTable", stack)).toMatchObject({
      Action: expect.arrayContaining(["dynamodb:DeleteTable", "dynamodb:UpdateTimeToLive"]),
      Resource: [expect.stringMatching(/:table\/onair-terraform-locks$/)],
    });
  });

  it("is denied every write to a bucket that it is granted, where the bucket is that of the states", () => {
    const writes = actions(granted("apply").filter(({ Sid }) => Sid === "Buckets")).filter((action) =>
      /^s3:(Put|Delete|Create)/.test(action),
    );
    const never = list(deniedOf("LeaveStateBucket")?.Action);
    expect(writes.filter((action) => !never.includes(action))).toEqual([]);
  });

  it("changes the log groups of its environment alone", () => {
    const groups = granted("apply").filter((one) => actions([one]).includes("logs:DeleteLogGroup"));
    expect(groups.flatMap(({ Resource }) => list(Resource))).toEqual([
      `arn:${THIS.partition}:logs:us-west-2:${THIS.account}:log-group:/aws/lambda/onair-dev-*`,
      `arn:${THIS.partition}:logs:us-west-2:${THIS.account}:log-group:/aws/vendedlogs/*/onair-dev-*`,
    ]);
    const names = platform.resources(CloudwatchLogGroup).map(({ name }) => String(name));
    expect(names.filter((name) => !/^\/aws\/(lambda|vendedlogs\/.*)\/onair-dev-/.test(name))).toEqual([]);
  });

  it("changes by converge the rows of accounts and of turns, and removes none of people", () => {
    const onTable = granted("apply").filter(
      ({ Action, Resource }) => list(Action).includes("dynamodb:UpdateItem") && /onair-dev/.test(list(Resource).join()),
    );
    expect(onTable.map(({ Sid, Action, Condition }) => [Sid, Action, Condition?.["ForAllValues:StringLike"]])).toEqual([
      ["OwnRows", expect.anything(), { "dynamodb:LeadingKeys": ["USER#house:*", "NAME#*", "CHANNEL#*", "ROOM#*"] }],
      ["ConvergeRows", ["dynamodb:UpdateItem"], { "dynamodb:LeadingKeys": ["USER#*", "PACE#*"] }],
    ]);
  });

  it("writes the state of the platform and no other", () => {
    const writes = granted("apply").filter(({ Sid }) => Sid === "WriteStates");
    expect(writes).toMatchObject([
      { Resource: [`arn:${THIS.partition}:s3:::onair-terraform-state-change-me/onair/dev/platform.tfstate`] },
    ]);
  });
});
