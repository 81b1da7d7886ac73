import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target/index.js";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { describe, expect, it } from "vitest";
import { template } from "#__tests__/support/template.ts";
import { accountsStack, statementsFor } from "./fixture/provisioned.ts";

const json = template(accountsStack());
const here = "${data.aws_partition.partition.partition}";
const account = "${data.aws_caller_identity.caller.account_id}";
const channels = `arn:${here}:ivs:eu-west-1:${account}:channel/*`;
const keys = `arn:${here}:ivs:eu-west-1:${account}:stream-key/*`;
const rooms = `arn:${here}:ivschat:eu-west-1:${account}:room/*`;
const table = "${aws_dynamodb_table.table.arn}";
const pictures = "${aws_s3_bucket.pictures.arn}";
const pool = "${aws_cognito_user_pool.identity_users.arn}";

const asked = { "aws:RequestTag/onair:environment": "test" };
const making = { StringEquals: asked };
const ofUser = {
  StringEquals: { "aws:ResourceTag/onair:environment": "test" },
  Null: { "aws:ResourceTag/onair:user": "false" },
};
const allow = (Sid: string, Action: string[], Resource: string[], Condition?: object) => ({
  ...{ Sid, Effect: "Allow", Action, Resource },
  ...(Condition && { Condition }),
});
const tagging = (Sid: string, action: string, resource: string) => [
  allow(Sid, [action], [resource], { StringEquals: asked, Null: { "aws:ResourceTag/onair:environment": "true" } }),
  allow(`${Sid}OfUser`, [action], [resource], { StringEquals: asked, Null: { "aws:ResourceTag/onair:user": "false" } }),
];
const removing = [
  allow("RemoveChannels", ["ivs:DeleteChannel"], [channels], ofUser),
  allow("RemoveChannelsKeys", ["ivs:DeleteChannel"], [keys]),
];
const queueing = allow("SendMessages", ["sqs:SendMessage"], ["${aws_sqs_queue.work.arn}"]);

describe("the role of the workers", () => {
  const statements = statementsFor(accountsStack(), "work-accounts");
  const services = (service: string) =>
    statements.filter(({ Action }) => String([Action].flat()[0]).startsWith(`${service}:`));

  it("makes what is tagged as ours, and touches nothing of the house", () => {
    expect(services("ivs")).toEqual([
      allow("MakeChannels", ["ivs:CreateChannel"], [channels, keys], making),
      ...tagging("TagNewChannels", "ivs:TagResource", channels),
      allow("FindChannels", ["ivs:ListChannels"], [channels]),
      allow("LookAtChannels", ["ivs:GetChannel"], [channels]),
      ...removing,
      allow("ListKeys", ["ivs:ListStreamKeys"], [channels], ofUser),
      allow("RemoveKeys", ["ivs:ListStreamKeys", "ivs:DeleteStreamKey"], [keys]),
      allow("MakeKeys", ["ivs:CreateStreamKey"], [keys], making),
      ...tagging("TagNewKeys", "ivs:TagResource", keys),
      allow("StopStreams", ["ivs:StopStream"], [channels], ofUser),
    ]);
    expect(services("ivschat")).toEqual([
      allow("MakeRooms", ["ivschat:CreateRoom"], [rooms], making),
      ...tagging("TagNewRooms", "ivschat:TagResource", rooms),
      allow("FindRooms", ["ivschat:ListRooms"], [rooms]),
      allow("LookAtRooms", ["ivschat:GetRoom"], [rooms]),
      allow("RemoveRooms", ["ivschat:DeleteRoom"], [rooms], ofUser),
    ]);
  });

  it("reaches rows, users and pictures of accounts", () => {
    expect(services("dynamodb").map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [
        ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "BatchWriteItem"].map((one) => `dynamodb:${one}`),
        [table],
      ],
    ]);
    expect(services("cognito-idp")).toEqual([allow("AdminDeleteUser", ["cognito-idp:AdminDeleteUser"], [pool])]);
    expect(services("s3")).toEqual([
      allow("FindPictures", ["s3:ListBucket"], [pictures], { StringLike: { "s3:prefix": ["avatars/*", "uploads/*"] } }),
      allow("RemovePictures", ["s3:DeleteObject"], [`${pictures}/avatars/*`, `${pictures}/uploads/*`]),
    ]);
  });

  it("fits into one policy of a role, which takes 10,240 characters", () => {
    expect(JSON.stringify(statements).length).toBeLessThan(9000);
  });
});

it("the role of the sweeper finds and removes, and makes nothing", () => {
  expect(statementsFor(accountsStack(), "sweep-accounts").filter(({ Sid }) => Sid !== "SendDeadLetters")).toEqual([
    allow("TableGetItemUpdateItem", ["dynamodb:GetItem", "dynamodb:UpdateItem"], [table]),
    allow("QueryIndexes", ["dynamodb:Query"], [`${table}/index/unfinished`, `${table}/index/listed`]),
    queueing,
    allow("FindChannels", ["ivs:ListChannels"], [channels]),
    allow("LookAtChannels", ["ivs:GetChannel"], [channels]),
    ...removing,
    allow("FindRooms", ["ivschat:ListRooms"], [rooms]),
    allow("LookAtRooms", ["ivschat:GetRoom"], [rooms]),
    allow("RemoveRooms", ["ivschat:DeleteRoom"], [rooms], ofUser),
    allow("AdminDeleteUser", ["cognito-idp:AdminDeleteUser"], [pool]),
    allow("AdminGetUser", ["cognito-idp:AdminGetUser"], [pool]),
    allow("ListUsers", ["cognito-idp:ListUsers"], [pool]),
  ]);
});

it("five workers take five accounts each, and end before their leases do", () => {
  expect(json.resource(LambdaEventSourceMapping)).toMatchObject({
    batch_size: 5,
    function_response_types: ["ReportBatchItemFailures"],
    scaling_config: { maximum_concurrency: 5 },
  });
  const worker = json.resources(LambdaFunction).find((fn) => String(fn.function_name).endsWith("work-accounts"));
  expect(worker?.timeout).toBe(55);
});

it("sweeps every five minutes, every hour and every day, each with its job", () => {
  const rates = json.resources(CloudwatchEventRule).map(({ schedule_expression }) => schedule_expression);
  const inputs = json.resources(CloudwatchEventTarget).map(({ input }) => input);
  expect(Object.fromEntries(rates.map((rate, place) => [inputs[place], rate]))).toEqual({
    '{"job":"unfinished"}': "rate(5 minutes)",
    '{"job":"spares"}': "rate(60 minutes)",
    '{"job":"userless"}': "rate(60 minutes)",
    '{"job":"unconfirmed"}': "rate(1440 minutes)",
  });
});

describe("the workers' variables", () => {
  const variablesOf = (settings: Parameters<typeof accountsStack>[0]) => {
    const functions = template(accountsStack(settings)).resources(LambdaFunction);
    const worker = functions.find((fn) => String(fn.function_name).endsWith("work-accounts"));
    return (worker?.environment as { readonly variables: object } | undefined)?.variables;
  };

  it("name no recording unless channels are recorded", () => {
    expect(variablesOf({})).not.toHaveProperty("RECORDING_CONFIGURATION_ARN");
    expect(variablesOf({ channel: { recorded: true } })).toHaveProperty(
      "RECORDING_CONFIGURATION_ARN",
      "${aws_ivs_recording_configuration.recording.arn}",
    );
  });

  it("name where rooms are logged, who reviews them, and how what is made is called", () => {
    expect(variablesOf({})).toMatchObject({
      ENVIRONMENT_NAME: "test",
      NAME_PREFIX: "onair-test",
      LOGGING_CONFIGURATION_ARNS: "${aws_ivschat_logging_configuration.logging.arn}",
      REVIEW_FUNCTION_ARN: "${aws_lambda_function.review-message.arn}",
    });
  });
});
