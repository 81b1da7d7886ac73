import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group/index.js";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { expect, it } from "vitest";
import { template } from "#__tests__/support/template.ts";
import { accountsStack, statementsFor } from "./fixture/provisioned.ts";

it("a confirmed sign-up calls the function that begins accounts, which Cognito waits five seconds for", () => {
  const json = template(accountsStack());
  expect(json.resource(CognitoUserPool).lambda_config).toEqual({
    post_confirmation: "${aws_lambda_function.identity_confirm-sign-up.arn}",
  });
  const begin = json.resources(LambdaFunction).find((fn) => String(fn.function_name).endsWith("confirm-sign-up"));
  expect(begin?.timeout).toBe(5);
});

it("that function writes rows, sends messages, and nothing else", () => {
  expect(statementsFor(accountsStack(), "confirm-sign-up")).toEqual([
    {
      Sid: "TableGetItemPutItem",
      Effect: "Allow",
      Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
      Resource: ["${aws_dynamodb_table.table.arn}"],
    },
    {
      Sid: "SendMessages",
      Effect: "Allow",
      Action: ["sqs:SendMessage"],
      Resource: ["${aws_sqs_queue.work.arn}"],
    },
  ]);
});

it("admins come before moderators", () => {
  const groups = template(accountsStack()).resources(CognitoUserGroup);
  expect(groups.map(({ name, precedence }) => [name, precedence])).toEqual([
    ["admins", 0],
    ["moderators", 1],
  ]);
});

it("mails come from the settings' address", () => {
  const identityArn = "arn:aws:ses:eu-west-1:111122223333:identity/example.com";
  const email = { from: "Onair <no-reply@example.com>", identityArn };
  expect(template(accountsStack({ email })).resource(CognitoUserPool).email_configuration).toEqual({
    email_sending_account: "DEVELOPER",
    from_email_address: "Onair <no-reply@example.com>",
    source_arn: identityArn,
  });
});
