import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import * as v from "valibot";
import { handlerFunction } from "#__tests__/support/handler-function.ts";
import { type PolicyStatement, statementsOf } from "#__tests__/support/policies.ts";
import { template, testStack } from "#__tests__/support/template.ts";
import type { AwsStack } from "#constructs/core/aws-stack.ts";
import { PrivateBucket } from "#constructs/data/private-bucket.ts";
import { RecordingConfiguration } from "#constructs/ivs/recording-configuration.ts";
import { s3 } from "#constructs/ivschat/log-destination.ts";
import { LoggingConfiguration } from "#constructs/ivschat/logging-configuration.ts";
import { ReviewHandler } from "#constructs/ivschat/review-handler.ts";
import { Queue } from "#constructs/queue/queue.ts";
import { type AccountsSettings, accountsSettings } from "#settings/accounts.ts";
import { Identity } from "#stacks/accounts/identity.ts";
import { PlatformTable } from "#stacks/accounts/platform-table.ts";
import { Provisioning } from "#stacks/accounts/provisioning.ts";

/** A stack with who may sign in and who works for them, and nothing else but what these need. */
export function accountsStack(settings: v.InferInput<typeof accountsSettings> = {}): AwsStack {
  const stack = testStack();
  const accounts: AccountsSettings = v.parse(accountsSettings, settings);
  const table = new PlatformTable(stack, "table");
  const workQueue = new Queue(stack, "work");
  const { userPool } = new Identity(stack, "identity", { accounts, table, workQueue });
  const bucket = new PrivateBucket(stack, "recordings");
  new Provisioning(stack, "accounts", {
    environmentName: "test",
    accounts,
    table,
    workQueue,
    userPool,
    pictures: new PrivateBucket(stack, "pictures"),
    recording: new RecordingConfiguration(stack, "recording", { bucket }),
    reviewHandler: new ReviewHandler(stack, "review", handlerFunction(stack, "review-message")),
    logging: [new LoggingConfiguration(stack, "logging", { destination: s3(bucket) })],
  });
  return stack;
}

/** What the role of a handler's function may do beside writing its log. */
export function statementsFor(stack: AwsStack, handler: string): readonly PolicyStatement[] {
  const policies = template(stack).resources(IamRolePolicy);
  const own = policies.find(({ role }) => String(role).includes(handler));
  return (statementsOf(String(own?.policy)) ?? []).filter(({ Sid }) => Sid !== "WriteLog");
}
