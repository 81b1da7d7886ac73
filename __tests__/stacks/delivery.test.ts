import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { describe, expect, it } from "vitest";
import { policiesOf } from "#__tests__/support/policies.ts";
import { DELIVERY, teamEnvironment, teamStacks } from "#__tests__/support/stacks.ts";
import type { Settings } from "#settings/schema.ts";
import {
  actions,
  boundary,
  controlled,
  type Delivery,
  delivery,
  granted,
  platform,
  roleOf,
  THIS,
} from "./fixture/delivery-policies.ts";

const PROVIDER = "${aws_iam_openid_connect_provider.github.arn}";
const withDelivery = (changes: Partial<NonNullable<Settings["delivery"]>>) =>
  teamStacks(teamEnvironment("dev", { delivery: { ...DELIVERY, ...changes } })).delivery;
const trustOf = (stack: Delivery, part: string) => JSON.parse(String(roleOf(stack, part)?.assume_role_policy));

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

  it("finds locks and the key of states in their region, which may be another one than the platform's", () => {
    const { settings, backend } = teamEnvironment();
    const elsewhere = { ...backend, region: "eu-west-1", kms_key_id: "1234abcd" };
    const stack = teamStacks({ name: "dev", settings, backend: elsewhere }).delivery;
    const policies = [...stack.resources(IamPolicy), ...stack.resources(IamRolePolicy)];
    const texts = policies.map(({ policy }) => String(policy)).join();
    expect([...new Set(texts.match(/dynamodb:[a-z0-9-]+:[^"]*table\/onair-terraform-locks/g))]).toEqual([
      `dynamodb:eu-west-1:${THIS.account}:table/onair-terraform-locks`,
    ]);
    expect(texts).toContain(`kms:eu-west-1:${THIS.account}:key/1234abcd`);
    expect(texts).toContain('"kms:ViaService":"s3.eu-west-1.amazonaws.com"');
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
