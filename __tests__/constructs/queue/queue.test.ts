import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { describe, expect, it } from "vitest";
import { handlerFunction } from "#__tests__/support/handler-function.ts";
import { template, testStack } from "#__tests__/support/template.ts";
import type { NodeFunction } from "#constructs/lambda/node-function.ts";
import { type ConsumeProps, Queue, type QueueProps } from "#constructs/queue/queue.ts";

const synthesized = (props: QueueProps = {}, use: (queue: Queue, fn: () => NodeFunction) => void = () => {}) => {
  const stack = testStack();
  use(new Queue(stack, "jobs", props), () => handlerFunction(stack, "worker", { timeoutSeconds: 20 }));
  const made = template(stack);
  const called = (name: string) => made.resources(SqsQueue).find((queue) => queue.name === name);
  return { ...made, queue: called("onair-test-jobs"), deadLetters: called("onair-test-jobs-dead-letters") };
};

const consumed = (props: ConsumeProps = {}) => synthesized({}, (queue, fn) => queue.consume(fn(), props));

const ARN = "arn:${data.aws_partition.partition.partition}:sqs:eu-west-1:${data.aws_caller_identity.caller.account_id}";

describe("Queue", () => {
  it("is encrypted, as its dead letters are, and answers over TLS only", () => {
    const { queue, deadLetters } = synthesized();
    expect(queue).toMatchObject({ name: "onair-test-jobs", sqs_managed_sse_enabled: true });
    expect(deadLetters).toMatchObject({ name: "onair-test-jobs-dead-letters", sqs_managed_sse_enabled: true });
    expect(JSON.parse(String(queue?.policy)).Statement).toEqual([
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: ["sqs:*"],
        Resource: [`${ARN}:onair-test-jobs`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    expect(JSON.parse(String(deadLetters?.policy)).Statement).toMatchObject([
      { Sid: "TlsOnly", Resource: [`${ARN}:onair-test-jobs-dead-letters`] },
    ]);
  });

  it("gives a message up after five tries, and keeps it for fourteen days", () => {
    const { queue, deadLetters } = synthesized();
    expect(JSON.parse(String(queue?.redrive_policy))).toEqual({
      deadLetterTargetArn: "${aws_sqs_queue.jobs_DeadLetters.arn}",
      maxReceiveCount: 5,
    });
    expect(deadLetters).toHaveProperty("message_retention_seconds", 1_209_600);
    expect(String(synthesized({ maximumReceives: 2 }).queue?.redrive_policy)).toContain('"maxReceiveCount":2');
  });

  it("hides a message for six times its consumer's timeout, and the window", () => {
    expect(synthesized().queue).not.toHaveProperty("visibility_timeout_seconds");
    expect(consumed().queue).toHaveProperty("visibility_timeout_seconds", 120);
    expect(consumed({ batchWindowSeconds: 5 }).queue).toHaveProperty("visibility_timeout_seconds", 125);
  });

  it("calls a function with ten messages, which answers for each", () => {
    expect(consumed().resource(LambdaEventSourceMapping)).toEqual({
      event_source_arn: "${aws_sqs_queue.jobs.arn}",
      function_name: "${aws_lambda_function.worker.arn}",
      batch_size: 10,
      function_response_types: ["ReportBatchItemFailures"],
      depends_on: ["aws_iam_role_policy.worker_Role_Policy"],
    });
    const props = { batchSize: 100, batchWindowSeconds: 1, reportBatchItemFailures: false, maximumConcurrency: 2 };
    const mapping = consumed(props).resource(LambdaEventSourceMapping);
    expect(mapping).toMatchObject({
      batch_size: 100,
      maximum_batching_window_in_seconds: 1,
      scaling_config: { maximum_concurrency: 2 },
    });
    expect(mapping).not.toHaveProperty("function_response_types");
  });

  it("lets its consumer take messages, and no more", () => {
    const [, ...statements] = JSON.parse(String(consumed().resource(IamRolePolicy).policy)).Statement;
    expect(statements).toEqual([
      {
        Sid: "ConsumeQueue",
        Effect: "Allow",
        Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
        Resource: ["${aws_sqs_queue.jobs.arn}"],
      },
    ]);
  });

  it("is bound to a sender: its address in a variable, and the right to send", () => {
    const { resource } = synthesized({}, (queue, fn) => fn().bind(queue, { variable: "JOBS_URL", access: "send" }));
    expect(resource(LambdaFunction).environment).toEqual({ variables: { JOBS_URL: "${aws_sqs_queue.jobs.url}" } });
    expect(JSON.parse(String(resource(IamRolePolicy).policy)).Statement[1]).toEqual({
      Sid: "SendMessages",
      Effect: "Allow",
      Action: ["sqs:SendMessage"],
      Resource: ["${aws_sqs_queue.jobs.arn}"],
    });
  });

  it("refuses to try a message never", () => {
    expect(() => synthesized({ maximumReceives: 0 })).toThrow(
      "stack/jobs, maximumReceives: must be a whole number, 1 to 1000 receives; got 0.  ERR_RANGE",
    );
  });

  it.each<[ConsumeProps, string]>([
    [{ batchSize: 0 }, "batchSize: must be a whole number, 1 to 10000 messages; got 0.  ERR_RANGE"],
    [{ batchSize: 11 }, "batchSize: must be at most 10 without batchWindowSeconds; got 11.  ERR_BATCH_WINDOW"],
    [{ batchWindowSeconds: 301 }, "batchWindowSeconds: must be a whole number, 0 to 300 seconds; got 301.  ERR_RANGE"],
    [{ maximumConcurrency: 1 }, "maximumConcurrency: must be a whole number, 2 to 1000 calls; got 1.  ERR_RANGE"],
  ])("refuses to be consumed with %o", (props, message) => {
    expect(() => consumed(props)).toThrow(`stack/jobs, ${message}`);
  });

  it("says where it is", () => {
    const queue = new Queue(testStack(), "jobs");
    expect(Object.keys(queue.outputs)).toEqual(["arn", "url", "dead_letters_url"]);
    expect(Object.keys(queue.deadLetters.outputs)).toEqual(["arn", "url"]);
  });
});
