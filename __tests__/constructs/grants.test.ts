import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import type { AwsStack } from "#constructs/core/aws-stack.ts";
import type { Grantee } from "#constructs/core/policy.ts";
import { PrivateBucket } from "#constructs/data/private-bucket.ts";
import { Channel } from "#constructs/ivs/channel.ts";
import { RecordingConfiguration } from "#constructs/ivs/recording-configuration.ts";
import { s3 } from "#constructs/ivschat/log-destination.ts";
import { LoggingConfiguration } from "#constructs/ivschat/logging-configuration.ts";
import { Room } from "#constructs/ivschat/room.ts";
import { ExecutionRole } from "#constructs/lambda/execution-role.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";

/** What a function's role may do after one grant, beside writing its log. */
function granted(give: (stack: AwsStack, grantee: Grantee) => void): unknown[] {
  const stack = testStack();
  const role = new ExecutionRole(stack, "grantee", new CloudwatchLogGroup(stack, "logs"));
  give(stack, role);
  const policies = template(stack).resources(IamRolePolicy);
  const own = policies.find((policy) => String(policy.role).includes("grantee"));
  const [, ...statements] = JSON.parse(String(own?.policy)).Statement;
  return statements;
}

const bucket = (stack: AwsStack) => new PrivateBucket(stack, "bucket");

describe("a grant", () => {
  it.each<[string, (stack: AwsStack, grantee: Grantee) => void, string, string]>([
    [
      "to read a channel",
      (stack, to) => new Channel(stack, "it").grantRead(to),
      "ivs:GetChannel",
      "aws_ivs_channel.it",
    ],
    [
      "to send metadata",
      (stack, to) => new Channel(stack, "it").grantPutMetadata(to),
      "ivs:PutMetadata",
      "aws_ivs_channel.it",
    ],
    [
      "to read a recording configuration",
      (stack, to) => new RecordingConfiguration(stack, "it", { bucket: bucket(stack) }).grantRead(to),
      "ivs:GetRecordingConfiguration",
      "aws_ivs_recording_configuration.it",
    ],
    [
      "to read a logging configuration",
      (stack, to) => new LoggingConfiguration(stack, "it", { destination: s3(bucket(stack)) }).grantRead(to),
      "ivschat:GetLoggingConfiguration",
      "aws_ivschat_logging_configuration.it",
    ],
    [
      "to make chat tokens",
      (stack, to) => new Room(stack, "it").grantCreateChatToken(to),
      "ivschat:CreateChatToken",
      "aws_ivschat_room.it",
    ],
    [
      "to call a function",
      (stack, to) =>
        new NodeFunction(stack, "it", { handler: "review-message", constants: { MODERATION_RULES: {} } }).grantInvoke(
          to,
        ),
      "lambda:InvokeFunction",
      "aws_lambda_function.it",
    ],
  ])("%s is one statement on one resource", (_what, give, action, address) => {
    expect(granted(give)).toEqual([
      { Sid: action.split(":")[1], Effect: "Allow", Action: [action], Resource: [`\${${address}.arn}`] },
    ]);
  });
});

describe("a function that stands elsewhere", () => {
  it("is read from its ARN, with its alias", () => {
    const arn = "arn:aws:lambda:eu-west-1:111122223333:function:review";
    expect(NodeFunction.fromFunctionArn(testStack(), arn)).toEqual({ functionArn: arn, functionName: "review" });
    expect(NodeFunction.fromFunctionArn(testStack(), `${arn}:live`)).toHaveProperty("qualifier", "live");
    expect(() => NodeFunction.fromFunctionArn(testStack(), "arn:aws:sns:eu-west-1:111122223333:review")).toThrow(
      "stack, functionArn: must be the ARN of a lambda function",
    );
  });
});
