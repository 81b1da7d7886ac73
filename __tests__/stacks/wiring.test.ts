import { Testing } from "cdktf";
import { describe, expect, it } from "vitest";
import { oneOfEach } from "#__tests__/constructs/fixture/accounts.ts";
import { STACKS, stacks } from "#__tests__/support/stacks.ts";
import { template } from "#__tests__/support/template.ts";
import { wiring } from "#__tests__/support/wiring/wiring.ts";
import { AwsStack } from "#constructs/core/aws-stack.ts";

const all = stacks();

/** The same stack without one kind of resource, or with it changed. */
const without = (type: string) => {
  const { [type]: _taken, ...rest } = all.platform.json.resource ?? {};
  return wiring(rest).edges.filter(({ missing }) => missing.length > 0);
};

describe.each(STACKS)("stack %s", (stack) => {
  const { edges, unjudged } = wiring(all[stack].json.resource);

  it("has every permission that one service needs to call or write to another", () => {
    expect(edges.filter(({ missing }) => missing.length > 0)).toEqual([]);
  });

  it("has no resource of a type whose edges nobody has judged", () => {
    expect(unjudged).toEqual([]);
  });
});

describe("the wiring of the platform", () => {
  it("has an edge from each room to its reviewer, each log to its place, each function to its role and log", () => {
    const { edges } = wiring(all.platform.json.resource);
    const ofChat = edges.map(({ edge }) => edge).filter((edge) => /^aws_ivschat|\.review-message ->/.test(edge));
    expect(ofChat.sort()).toEqual([
      "aws_ivschat_logging_configuration.chat-logs_configurations_archive -> aws_s3_bucket.chat-logs_bucket",
      "aws_ivschat_logging_configuration.chat-logs_configurations_search -> aws_cloudwatch_log_group.chat-logs_groups_search",
      "aws_ivschat_room.channels_backstage_room -> aws_lambda_function.review-message",
      "aws_ivschat_room.channels_demo_room -> aws_lambda_function.review-message",
      "aws_ivschat_room.channels_main-stage_room -> aws_lambda_function.review-message",
      "aws_lambda_function.review-message -> /aws/lambda/onair-dev-review-message",
      "aws_lambda_function.review-message -> aws_iam_role.review-message_Role",
    ]);
  });

  it.each([
    ["aws_lambda_permission", "a permission for ivschat.amazonaws.com"],
    ["aws_s3_bucket_policy", "s3:PutObject for log delivery"],
    ["aws_cloudwatch_log_resource_policy", "logs:PutLogEvents for log delivery"],
    ["aws_iam_role_policy", "logs:PutLogEvents on it"],
    ["aws_iam_role", "a role that Lambda may take"],
  ])("is seen to be broken without %s", (type, need) => {
    expect(without(type).flatMap(({ missing }) => missing)).toContain(need);
  });
});

describe("the wiring of queues, events, triggers and an API", () => {
  const stack = new AwsStack(Testing.app(), "accounts", { region: "us-west-2", namePrefix: "test" });
  oneOfEach(stack);
  const { resource = {} } = template(stack).json;
  const needs = (blocks: typeof resource) => wiring(blocks).edges.flatMap(({ missing }) => missing);

  it("is whole as the constructs make it", () => {
    expect(needs(resource)).toEqual([]);
  });

  it.each([
    ["aws_lambda_permission", "a permission for cognito-idp.amazonaws.com"],
    ["aws_lambda_permission", "a permission for events.amazonaws.com"],
    ["aws_lambda_permission", "a permission for apigateway.amazonaws.com"],
    ["aws_iam_role_policy", "sqs:ReceiveMessage"],
    ["aws_iam_role_policy", "dynamodb:GetRecords"],
    ["aws_sqs_queue", "a queue policy for the rule"],
  ])("is seen to be broken without %s: %s", (type, need) => {
    const { [type]: _taken, ...rest } = resource;
    expect(needs(rest)).toContain(need);
  });
});
