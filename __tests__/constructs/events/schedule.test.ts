import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { describe, expect, it } from "vitest";
import { handlerFunction } from "#__tests__/support/handler-function.ts";
import { template, testStack } from "#__tests__/support/template.ts";
import { Schedule, type ScheduleProps } from "#constructs/events/schedule.ts";

const synthesized = (props: Omit<ScheduleProps, "target">) => {
  const stack = testStack();
  new Schedule(stack, "sweep", { target: handlerFunction(stack, "sweeper"), ...props });
  return template(stack);
};

describe("Schedule", () => {
  it.each([
    [1, "rate(1 minute)", 60],
    [15, "rate(15 minutes)", 900],
    [10_080, "rate(10080 minutes)", 86_400],
  ])("calls a function each %i minutes, and drops a call that is late until the next", (everyMinutes, rate, age) => {
    const { resource } = synthesized({ everyMinutes });
    expect(resource(CloudwatchEventRule)).toEqual({ name: "onair-test-sweep", schedule_expression: rate });
    expect(resource(CloudwatchEventTarget)).toEqual({
      rule: "${aws_cloudwatch_event_rule.sweep.name}",
      target_id: "target",
      arn: "${aws_lambda_function.sweeper.arn}",
      dead_letter_config: { arn: "${aws_sqs_queue.sweep_Delivery_DeadLetters.arn}" },
      retry_policy: { maximum_event_age_in_seconds: age, maximum_retry_attempts: 2 },
    });
    expect(resource(LambdaPermission)).toMatchObject({ source_arn: "${aws_cloudwatch_event_rule.sweep.arn}" });
  });

  it("says what the function is called with", () => {
    const { resource } = synthesized({ everyMinutes: 1, input: { full: true } });
    expect(resource(CloudwatchEventTarget).input).toBe('{"full":true}');
  });

  it.each([0, 1.5, 10_081])("refuses %d minutes", (everyMinutes) => {
    expect(() => synthesized({ everyMinutes })).toThrow(
      `stack/sweep, everyMinutes: must be a whole number, 1 to 10080 minutes; got ${everyMinutes}.  ERR_RANGE`,
    );
  });

  it("says where it is", () => {
    const stack = testStack();
    const schedule = new Schedule(stack, "sweep", { everyMinutes: 1, target: handlerFunction(stack, "sweeper") });
    expect(Object.keys(schedule.outputs)).toEqual(["arn", "dead_letters_url"]);
  });
});
