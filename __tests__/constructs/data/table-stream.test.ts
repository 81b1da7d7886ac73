import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js";
import { describe, expect, it } from "vitest";
import { handlerFunction } from "#__tests__/support/handler-function.ts";
import { template, testStack } from "#__tests__/support/template.ts";
import { Table, type TableProps } from "#constructs/data/table.ts";
import { TableStream, type TableStreamProps } from "#constructs/data/table-stream.ts";

const synthesized = (props: Partial<TableStreamProps> = {}, stream: TableProps["stream"] = "NEW_IMAGE") => {
  const stack = testStack();
  const table = new Table(stack, "rows", { partitionKey: { name: "pk" }, ...(stream && { stream }) });
  new TableStream(stack, "audit", { table, consumer: handlerFunction(stack, "auditor"), ...props });
  return template(stack);
};

describe("TableStream", () => {
  it("gives a function each change from the beginning, halves what fails, and keeps what fails for good", () => {
    expect(synthesized().resource(LambdaEventSourceMapping)).toEqual({
      event_source_arn: "${aws_dynamodb_table.rows.stream_arn}",
      function_name: "${aws_lambda_function.auditor.arn}",
      starting_position: "TRIM_HORIZON",
      batch_size: 100,
      bisect_batch_on_function_error: true,
      maximum_retry_attempts: 5,
      function_response_types: ["ReportBatchItemFailures"],
      destination_config: { on_failure: { destination_arn: "${aws_sqs_queue.audit_DeadLetters.arn}" } },
      depends_on: ["aws_iam_role_policy.auditor_Role_Policy"],
    });
  });

  it("calls for matching changes only where it has patterns", () => {
    const patterns = [{ eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: [{ prefix: "AUDIT#" }] } } } }];
    expect(synthesized({ patterns }).resource(LambdaEventSourceMapping).filter_criteria).toEqual({
      filter: [{ pattern: JSON.stringify(patterns[0]) }],
    });
  });

  it("lets its consumer read this stream and leave dead letters, and no more", () => {
    const [, ...statements] = JSON.parse(String(synthesized().resource(IamRolePolicy).policy)).Statement;
    expect(statements).toEqual([
      {
        Sid: "SendDeadLetters",
        Effect: "Allow",
        Action: ["sqs:SendMessage"],
        Resource: ["${aws_sqs_queue.audit_DeadLetters.arn}"],
      },
      {
        Sid: "ConsumeStream",
        Effect: "Allow",
        Action: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
        Resource: ["${aws_dynamodb_table.rows.stream_arn}"],
      },
    ]);
  });

  it("refuses a table without a stream, and numbers outside the service's", () => {
    const stack = testStack();
    const table = new Table(stack, "rows", { partitionKey: { name: "pk" } });
    expect(() => new TableStream(stack, "audit", { table, consumer: handlerFunction(stack, "auditor") })).toThrow(
      'stack/audit, table: must have a stream; got "stack/rows".  ERR_NO_STREAM',
    );
    expect(() => synthesized({ batchSize: 0 })).toThrow("batchSize: must be a whole number, 1 to 10000 changes; got 0");
    expect(() => synthesized({ maximumRetries: -1 })).toThrow(
      "maximumRetries: must be a whole number, 0 to 10000 retries",
    );
  });
});
