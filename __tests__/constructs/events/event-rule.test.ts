import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { describe, expect, it } from "vitest";
import { handlerFunction } from "#__tests__/support/handler-function.ts";
import { template, testStack } from "#__tests__/support/template.ts";
import type { AwsStack } from "#constructs/core/aws-stack.ts";
import { EventRule, type EventRuleProps } from "#constructs/events/event-rule.ts";
import { Queue } from "#constructs/queue/queue.ts";

const ACCOUNT = "${data.aws_caller_identity.caller.account_id}";
const RULE = "${aws_cloudwatch_event_rule.streams.arn}";
const toQueue = (stack: AwsStack) => new Queue(stack, "jobs");
const toFunction = (stack: AwsStack) => handlerFunction(stack, "worker", { alias: "live" });

const synthesized = (target: (stack: AwsStack) => EventRuleProps["target"], props: Partial<EventRuleProps> = {}) => {
  const stack = testStack();
  const types = ["IVS Stream State Change", "IVS Limit Breach"];
  new EventRule(stack, "streams", { source: "aws.ivs", detailTypes: types, target: target(stack), ...props });
  const made = template(stack);
  const statementsOf = (name: string) =>
    JSON.parse(String(made.resources(SqsQueue).find((queue) => queue.name === name)?.policy)).Statement;
  return { ...made, statementsOf };
};

describe("EventRule", () => {
  it("matches the named events of one source and of the stack's own account", () => {
    const { name, event_pattern } = synthesized(toQueue).resource(CloudwatchEventRule);
    expect(name).toBe("onair-test-streams");
    expect(JSON.parse(String(event_pattern))).toEqual({
      source: ["aws.ivs"],
      account: [ACCOUNT],
      "detail-type": ["IVS Stream State Change", "IVS Limit Breach"],
    });
    const other = synthesized(toQueue, { account: "111122223333" }).resource(CloudwatchEventRule);
    expect(JSON.parse(String(other.event_pattern)).account).toEqual(["111122223333"]);
  });

  it("puts events into a queue that takes them from this rule alone", () => {
    const { resource, resources, statementsOf } = synthesized(toQueue);
    expect(resource(CloudwatchEventTarget)).toEqual({
      rule: "${aws_cloudwatch_event_rule.streams.name}",
      target_id: "target",
      arn: "${aws_sqs_queue.jobs.arn}",
      dead_letter_config: { arn: "${aws_sqs_queue.streams_Delivery_DeadLetters.arn}" },
      retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
    });
    expect(resources(LambdaPermission)).toEqual([]);
    for (const name of ["onair-test-jobs", "onair-test-streams-Delivery-dead-letters"]) {
      expect(statementsOf(name)[1]).toEqual({
        Sid: "AcceptEvents",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["sqs:SendMessage"],
        Resource: [expect.stringMatching(new RegExp(`:${name}$`))],
        Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT }, ArnEquals: { "aws:SourceArn": [RULE] } },
      });
    }
  });

  it("lets two rules into one queue by one statement", () => {
    const stack = testStack();
    const target = toQueue(stack);
    for (const id of ["first", "second"]) new EventRule(stack, id, { source: "aws.ivs", detailTypes: ["any"], target });
    const queue = template(stack)
      .resources(SqsQueue)
      .find(({ name }) => name === "onair-test-jobs");
    expect(JSON.parse(String(queue?.policy)).Statement).toMatchObject([
      { Sid: "TlsOnly" },
      {
        Condition: {
          ArnEquals: { "aws:SourceArn": [expect.stringContaining("first"), expect.stringContaining("second")] },
        },
      },
    ]);
  });

  it("calls a function, by its alias, which lets this rule alone call it", () => {
    const { resource } = synthesized(toFunction, { retry: { maximumAgeSeconds: 60, maximumRetries: 0 } });
    expect(resource(CloudwatchEventTarget)).toMatchObject({
      arn: "${aws_lambda_alias.worker_Alias.arn}",
      retry_policy: { maximum_event_age_in_seconds: 60, maximum_retry_attempts: 0 },
    });
    expect(resource(LambdaPermission)).toEqual({
      statement_id: "onair-test-streams-Delivery",
      action: "lambda:InvokeFunction",
      function_name: "${aws_lambda_function.worker.function_name}",
      qualifier: "${aws_lambda_alias.worker_Alias.name}",
      principal: "events.amazonaws.com",
      source_account: ACCOUNT,
      source_arn: RULE,
    });
  });

  it.each<[Partial<EventRuleProps>, string]>([
    [{ detailTypes: [] }, "stack/streams, detailTypes: must name at least one; got [].  ERR_EVENT_TYPES"],
    [
      { retry: { maximumAgeSeconds: 59 } },
      "stack/streams/Delivery, retry.maximumAgeSeconds: must be a whole number, 60 to 86400 seconds; got 59.  ERR_RANGE",
    ],
    [
      { retry: { maximumRetries: 186 } },
      "stack/streams/Delivery, retry.maximumRetries: must be a whole number, 0 to 185 retries; got 186.  ERR_RANGE",
    ],
  ])("refuses %o", (props, message) => {
    expect(() => synthesized(toQueue, props)).toThrow(message);
  });

  it("says where it is, and where events go that could not be handed over", () => {
    const stack = testStack();
    const rule = new EventRule(stack, "streams", { source: "aws.ivs", detailTypes: ["any"], target: toQueue(stack) });
    expect(Object.keys(rule.outputs)).toEqual(["arn", "dead_letters_url"]);
  });
});
