import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { describe, expect, it } from "vitest";
import { list, type PolicyStatement, policiesOf, statementsOf } from "#__tests__/support/policies.ts";
import { DELIVERY, teamEnvironment, teamStacks } from "#__tests__/support/stacks.ts";
import type { Settings } from "#settings/schema.ts";

const { delivery, platform } = teamStacks();
const PROVIDER = "${aws_iam_openid_connect_provider.github.arn}";
const THIS = {
  partition: "${data.aws_partition.partition.partition}",
  account: "${data.aws_caller_identity.caller.account_id}",
};

type Delivery = typeof delivery;
const withDelivery = (changes: Partial<NonNullable<Settings["delivery"]>>) =>
  teamStacks(teamEnvironment("dev", { delivery: { ...DELIVERY, ...changes } })).delivery;

const roleOf = (stack: Delivery, part: string) =>
  stack.resources(IamRole).find(({ name }) => String(name).endsWith(`-${part}`));
const trustOf = (stack: Delivery, part: string) => JSON.parse(String(roleOf(stack, part)?.assume_role_policy));
const granted = (part: string): readonly PolicyStatement[] => {
  const found = delivery.resources(IamRolePolicy).find(({ role }) => role === `\${aws_iam_role.${part}.name}`);
  return [...(statementsOf(String(found?.policy)) ?? []), ...boundary(`${part}-states`)];
};
const managed = (part: string): string =>
  String(delivery.resources(IamPolicy).find(({ name }) => name === `onair-delivery-dev-${part}`)?.policy);
const boundary = (part: string): readonly PolicyStatement[] => statementsOf(managed(part)) ?? [];
const actions = (statements: readonly PolicyStatement[], effect: "Allow" | "Deny" = "Allow") =>
  statements.filter(({ Effect }) => Effect === effect).flatMap(({ Action }) => list(Action));

/** What a role does by Cloud Control, whose prefix in IAM is that of CloudFormation. */
const controlled = (part: string): string[] =>
  actions(granted(part))
    .filter((action) => action.startsWith("cloudformation:"))
    .sort();

describe("who may take a role", () => {
  const jobs = (sub: readonly string[]) => ({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: PROVIDER },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": sub,
          },
        },
      },
    ],
  });

  it("to plan: pull requests of the repository, to the letter", () => {
    expect(trustOf(delivery, "plan")).toEqual(jobs(["repo:example/onair:pull_request"]));
  });

  it("to look for drift: the branch of the repository alone", () => {
    expect(trustOf(delivery, "watch")).toEqual(jobs(["repo:example/onair:ref:refs/heads/main"]));
  });

  it("to apply: the protected environment of the repository alone", () => {
    expect(trustOf(delivery, "apply")).toEqual(jobs(["repo:example/onair:environment:production"]));
  });

  it("to plan from a laptop: the people whom the settings name", () => {
    expect(trustOf(delivery, "developer")).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { AWS: ["arn:aws:iam::000000000000:role/team"] }, Action: "sts:AssumeRole" },
      ],
    });
  });

  it("follows the branch and the environment of the settings", () => {
    const stack = withDelivery({ branch: "trunk", githubEnvironment: "live" });
    expect(trustOf(stack, "watch")).toEqual(jobs(["repo:example/onair:ref:refs/heads/trunk"]));
    expect(trustOf(stack, "apply")).toEqual(jobs(["repo:example/onair:environment:live"]));
  });

  it("is nobody's laptop where the settings name nobody", () => {
    expect(roleOf(withDelivery({ developers: [] }), "developer")).toBeUndefined();
  });

  it("is told by the account's own provider of GitHub's tokens, where it has one", () => {
    const oidcProviderArn = "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com";
    const stack = withDelivery({ oidcProviderArn });
    expect(stack.resources(IamOpenidConnectProvider)).toEqual([]);
    expect(trustOf(stack, "apply").Statement[0].Principal).toEqual({ Federated: oidcProviderArn });
    expect(delivery.resource(IamOpenidConnectProvider)).toMatchObject({
      url: "https://token.actions.githubusercontent.com",
      client_id_list: ["sts.amazonaws.com"],
    });
  });
});

describe("who plans", () => {
  const WRITES =
    /:(?!TakeLock)(Create|Put|Update|Delete|Add|Remove|Import|Set|Publish|Tag|Untag|Pass|Attach|Detach|Schedule|POST|PATCH|DELETE)/;

  it.each(["plan", "watch"])("on GitHub, by the role %s, writes nothing at all", (role) => {
    expect(actions(granted(role)).filter((action) => WRITES.test(action))).toEqual([]);
  });

  it("from a laptop, writes locks alone", () => {
    const writing = granted("developer").filter((one) => actions([one]).some((action) => WRITES.test(action)));
    expect(writing).toEqual([
      {
        Sid: "TakeLockFiles",
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:DeleteObject"],
        Resource: [`arn:${THIS.partition}:s3:::onair-terraform-state-change-me/onair/dev/*.tfstate.tflock`],
      },
      {
        Sid: "TakeLocks",
        Effect: "Allow",
        Action: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
        Resource: [`arn:${THIS.partition}:dynamodb:us-west-2:${THIS.account}:table/onair-terraform-locks`],
        Condition: {
          "ForAllValues:StringLike": {
            "dynamodb:LeadingKeys": ["", "@*"].map(
              (end) => `onair-terraform-state-change-me/onair/dev/*.tfstate${end}`,
            ),
          },
        },
      },
    ]);
  });

  it.each(["plan", "watch", "developer"])("by the role %s, is denied stream keys and secrets outright", (role) => {
    expect(actions(granted(role), "Deny")).toEqual(
      expect.arrayContaining(["ivs:GetStreamKey", "ivs:BatchGetStreamKey", "secretsmanager:GetSecretValue"]),
    );
  });

  it.each(["plan", "watch"])("on GitHub, by the role %s, is denied the states and the locks outright", (role) => {
    expect(granted(role).filter(({ Sid }) => Sid?.startsWith("Leave"))).toMatchObject([
      { Effect: "Deny", Resource: [`arn:${THIS.partition}:s3:::onair-terraform-state-change-me/*`] },
      { Effect: "Deny", Resource: [expect.stringMatching(/table\/onair-terraform-locks$/)] },
    ]);
  });

  it.each(["plan", "watch", "developer"])(
    "by the role %s, reads by Cloud Control, and changes nothing by it",
    (role) => {
      expect(controlled(role)).toEqual(["cloudformation:GetResource", "cloudformation:GetResourceRequestStatus"]);
      expect(actions(granted(role))).toContain("ivs:GetPlaybackRestrictionPolicy");
    },
  );

  it("reads the rows of the house, and nobody else's", () => {
    const reads = granted("plan").filter((one) => actions([one]).includes("dynamodb:GetItem"));
    expect(reads).toMatchObject([
      {
        Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": expect.arrayContaining(["USER#house:*"]) } },
      },
      { Resource: [expect.stringMatching(/table\/onair-terraform-locks$/)] },
    ]);
  });
});

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

  const denied = (stack: Delivery = delivery): readonly PolicyStatement[] => {
    const found = stack.resources(IamPolicy).find(({ name }) => String(name).endsWith("-apply-denied"));
    return statementsOf(String(found?.policy)) ?? [];
  };
  const deniedOf = (sid: string, stack?: Delivery) => denied(stack).find(({ Sid }) => Sid === sid);
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

describe("the boundary of workloads", () => {
  it("is on every role of the platform", () => {
    const boundaries = platform.resources(IamRole).map(({ permissions_boundary }) => permissions_boundary);
    expect(new Set(boundaries)).toEqual(
      new Set([`arn:${THIS.partition}:iam::${THIS.account}:policy/onair-delivery-dev-workloads`]),
    );
  });

  it("allows every action that a function of the platform is granted", () => {
    const within = new Set(actions(boundary("workloads")));
    const roles = policiesOf({ aws_iam_role_policy: platform.json.resource?.aws_iam_role_policy ?? {} });
    const used = new Set(roles.flatMap(({ statements }) => actions(statements)));
    expect([...used].filter((action) => !within.has(action))).toEqual([]);
  });

  it("has no right over rights, and denies states and locks", () => {
    expect(actions(boundary("workloads")).filter((action) => /^(iam|sts|organizations):/.test(action))).toEqual([]);
    expect(actions(boundary("workloads"), "Deny")).toEqual(
      expect.arrayContaining(["s3:GetObject", "s3:PutObject", "dynamodb:PutItem"]),
    );
  });
});

describe("the policies of delivery", () => {
  /** As AWS counts: without white space, every reference by what it stands for. */
  const size = (policy: unknown) =>
    String(policy).replaceAll(THIS.partition, "aws").replaceAll(THIS.account, "000000000000").replace(/\s/g, "").length;

  const ALIAS = `alias/${"a".repeat(60)}`;
  const KEY = `arn:aws:kms:ap-northeast-1:000000000000:key/${"0".repeat(36)}`;

  it.each([
    ["as it comes", "dev", undefined],
    ["with a key for the states, by its alias", "dev", ALIAS],
    ["with the longest name, and a key by its ARN", "environment-of-x", KEY],
    ["with the longest name, and a key by its alias", "environment-of-x", ALIAS],
  ])(
    "fit into what AWS allows, 6,144 characters for a managed one, 10,240 for a role's own: %s",
    (_, name, kms_key_id) => {
      const { settings, backend } = teamEnvironment();
      const environment = { name, settings, backend: { ...backend, ...(kms_key_id && { kms_key_id }) } };
      const stack = teamStacks(environment).delivery;
      const above = (most: number, type: typeof IamPolicy | typeof IamRolePolicy) =>
        stack
          .resources(type)
          .map(({ name, role, policy }) => ({ of: role ?? name, characters: size(policy) }))
          .filter(({ characters }) => characters > most);
      expect(above(6144, IamPolicy)).toEqual([]);
      expect(above(10_240, IamRolePolicy)).toEqual([]);
    },
  );

  it("leave room in the boundary of who applies for what a next service needs", () => {
    expect(size(managed("applies"))).toBeLessThan(6144 - 150);
  });
});

/** The types of resources for which the apply role has rights: a new one needs its actions in services.ts first. */
const APPLIED_TYPES = [
  ...["aws_apigatewayv2_api", "aws_apigatewayv2_authorizer", "aws_apigatewayv2_integration", "aws_apigatewayv2_route"],
  ...["aws_apigatewayv2_stage", "aws_cloudcontrolapi_resource", "aws_cloudwatch_dashboard"],
  ...["aws_cloudwatch_event_rule", "aws_cloudwatch_event_target", "aws_cloudwatch_log_group"],
  ...["aws_cloudwatch_log_resource_policy", "aws_cloudwatch_metric_alarm", "aws_cognito_user_group"],
  ...["aws_cognito_user_pool", "aws_cognito_user_pool_client", "aws_dynamodb_table", "aws_dynamodb_table_item"],
  ...["aws_iam_role", "aws_iam_role_policy", "aws_ivs_channel", "aws_ivs_playback_key_pair"],
  ...["aws_ivs_recording_configuration", "aws_ivschat_logging_configuration", "aws_ivschat_room", "aws_kms_alias"],
  ...["aws_kms_key", "aws_kms_key_policy", "aws_lambda_event_source_mapping", "aws_lambda_function"],
  ...["aws_lambda_permission", "aws_s3_bucket", "aws_s3_bucket_cors_configuration"],
  ...["aws_s3_bucket_lifecycle_configuration", "aws_s3_bucket_ownership_controls", "aws_s3_bucket_policy"],
  ...["aws_s3_bucket_public_access_block", "aws_s3_bucket_server_side_encryption_configuration", "aws_sns_topic"],
  ...["aws_sns_topic_policy", "aws_sns_topic_subscription", "aws_sqs_queue", "terraform_data"],
];

describe("the platform", () => {
  it("has no type of resource that the apply role has no rights for", () => {
    expect(Object.keys(platform.json.resource ?? {}).filter((type) => !APPLIED_TYPES.includes(type))).toEqual([]);
  });

  it("has no function for which concurrency is reserved, nor one with versions: the role may set neither", () => {
    const functions = platform.resources(LambdaFunction);
    expect(functions.length).toBeGreaterThan(5);
    expect(functions.filter((one) => one.publish === true || one.reserved_concurrent_executions !== undefined)).toEqual(
      [],
    );
  });
});
