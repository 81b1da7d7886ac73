import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { describe, expect, it } from "vitest";
import { handlerFunction } from "#__tests__/support/handler-function.ts";
import { template, testStack } from "#__tests__/support/template.ts";
import { keys } from "#aws/table/keys.ts";
import { allowSlowMode, Moderation } from "#stacks/accounts/moderation.ts";
import { PlatformTable } from "#stacks/accounts/platform-table.ts";

const stack = testStack();
const table = new PlatformTable(stack, "table");
new Moderation(stack, "moderation", { table, environmentName: "dev" });
const review = handlerFunction(stack, "review");
allowSlowMode(review, table);
const made = template(stack);

/** What a function may do beside writing its log, by the name of its construct. */
const granted = (name: string) => {
  const policy = Object.entries(made.json.resource?.aws_iam_role_policy ?? {}).find(([id]) => id.includes(name));
  const statements = JSON.parse(String(policy?.[1].policy)).Statement as Record<string, unknown>[];
  return statements.filter(({ Sid }) => Sid !== "WriteLog");
};

describe("what moderators did", () => {
  it("goes from the table's stream to its consumer: new rows of the audit, and no others", () => {
    const [stream] = made.resources(LambdaEventSourceMapping).filter(({ starting_position }) => starting_position);
    const filter = stream?.filter_criteria as { readonly filter: readonly { readonly pattern: string }[] };
    const [pattern] = filter.filter.map((one) => JSON.parse(one.pattern));
    expect(pattern).toEqual({ eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: [{ prefix: "AUDIT#" }] } } } });
    expect(keys.audit("owner", 0, "id").sk).toMatch(/^AUDIT#/);
  });

  it("is written below audit/ by a function that may do nothing else with the bucket", () => {
    expect(granted("export-audit").filter(({ Sid }) => Sid === "WriteAudit")).toEqual([
      {
        Sid: "WriteAudit",
        Effect: "Allow",
        Action: ["s3:PutObject"],
        Resource: ["${aws_s3_bucket.moderation_audit.arn}/audit/*"],
      },
    ]);
  });

  it("is kept for 400 days", () => {
    const { rule } = made.resource(S3BucketLifecycleConfiguration) as {
      rule: readonly { readonly expiration?: unknown }[];
    };
    expect(rule.map(({ expiration }) => expiration)).toContainEqual([{ days: 400 }]);
  });
});

describe("the function that puts the banned out again", () => {
  it("reads single rows, and disconnects users of this environment's rooms", () => {
    const statements = granted("disconnect-banned");
    expect(statements.map(({ Action }) => Action)).toEqual([
      ["dynamodb:GetItem"],
      ["ivschat:DisconnectUser"],
      ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    ]);
    expect(statements[1]?.Condition).toEqual({ StringEquals: { "aws:ResourceTag/onair:environment": "dev" } });
  });
});

describe("the review of messages", () => {
  it("reads a room's slow mode and writes a sender's turn, and is told the table", () => {
    expect(granted("review")).toMatchObject([{ Action: ["dynamodb:GetItem", "dynamodb:UpdateItem"] }]);
    const [fn] = made.resources(LambdaFunction).filter((one) => String(one.function_name).endsWith("review"));
    expect(fn?.environment).toEqual({ variables: { TABLE_NAME: "${aws_dynamodb_table.table.name}" } });
  });
});
