import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import * as v from "valibot";
import { expect, test } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { accountsSettings } from "#settings/accounts.ts";
import { LiveState } from "#stacks/accounts/live-state.ts";
import { PlatformTable } from "#stacks/accounts/platform-table.ts";

const synthesized = () => {
  const stack = testStack();
  const table = new PlatformTable(stack, "table");
  new LiveState(stack, "live-state", { table, accounts: v.parse(accountsSettings, {}) });
  return template(stack);
};
const { resources, json } = synthesized();

const statementsOf = (functionId: string) => {
  const policy = json.resource?.aws_iam_role_policy?.[`live-state_${functionId}_Role_Policy`]?.policy;
  const { Statement } = JSON.parse(String(policy)) as {
    Statement: { Sid: string; Action: string[]; Resource: string[] }[];
  };
  return Statement.filter(({ Sid }) => !Sid.startsWith("WriteLog")).map(({ Action, Resource }) => ({
    Action,
    Resource,
  }));
};

const table = "${aws_dynamodb_table.table.arn}";
const events = "${aws_sqs_queue.live-state_events.arn}";
const webhooks = "${aws_sqs_queue.live-state_webhooks.arn}";
const consume = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

test("hears what IVS says of this account's channels, and walks over all streams each minute", () => {
  const [clock, said] = resources(CloudwatchEventRule);
  expect(JSON.parse(String(said?.event_pattern))).toEqual({
    source: ["aws.ivs"],
    account: ["${data.aws_caller_identity.caller.account_id}"],
    "detail-type": [
      "IVS Stream State Change",
      "IVS Stream Health Change",
      "IVS Limit Breach",
      "IVS Recording State Change",
    ],
  });
  expect(clock?.schedule_expression).toBe("rate(1 minute)");
});

test("works off both queues message by message, each longer hidden than its function runs", () => {
  const mappings = resources(LambdaEventSourceMapping).map(({ event_source_arn, function_response_types }) => [
    event_source_arn,
    function_response_types,
  ]);
  expect(mappings).toEqual([
    [events, ["ReportBatchItemFailures"]],
    [webhooks, ["ReportBatchItemFailures"]],
  ]);
  const hidden = Object.fromEntries(
    resources(SqsQueue).map(({ name, visibility_timeout_seconds }) => [name, visibility_timeout_seconds]),
  );
  expect(hidden).toMatchObject({ "onair-test-live-state-events": 180, "onair-test-live-state-webhooks": 120 });
});

test("lets each function do what it does, and nothing else", () => {
  expect(statementsOf("stream-state")).toEqual([
    {
      Action: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
      Resource: [table],
    },
    { Action: ["sqs:SendMessage"], Resource: [webhooks] },
    { Action: consume, Resource: [events] },
  ]);
  expect(statementsOf("observe-streams").slice(-4)).toEqual([
    { Action: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:UpdateItem"], Resource: [table] },
    { Action: ["dynamodb:Query"], Resource: [`${table}/index/live-newest`] },
    { Action: ["sqs:SendMessage"], Resource: [webhooks] },
    {
      Action: ["ivs:ListStreams"],
      Resource: [
        "arn:${data.aws_partition.partition.partition}:ivs:eu-west-1:${data.aws_caller_identity.caller.account_id}:channel/*",
      ],
    },
  ]);
  expect(statementsOf("send-webhook")).toEqual([
    { Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: [table] },
    { Action: ["sqs:SendMessage"], Resource: [webhooks] },
    { Action: consume, Resource: [webhooks] },
  ]);
});

test("gives each function its variables, and no secret", () => {
  const environments = resources(LambdaFunction).map(({ environment }) => environment);
  const variables = {
    TABLE_NAME: "${aws_dynamodb_table.table.name}",
    WEBHOOK_QUEUE_URL: "${aws_sqs_queue.live-state_webhooks.url}",
  };
  expect(environments).toEqual([{ variables }, { variables }, { variables }]);
  expect(resources(IamRolePolicy)).toHaveLength(3);
});
