import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy/index.js";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic/index.js";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy/index.js";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { Alarm, type AlarmProps } from "#constructs/observability/alarm.ts";
import { AlarmTopic } from "#constructs/observability/alarm-topic.ts";

const metric = { namespace: "AWS/SQS", name: "ApproximateNumberOfMessagesVisible", dimensions: { QueueName: "jobs" } };

const synthesized = (props: Partial<AlarmProps> = {}, emails?: readonly string[]) => {
  const stack = testStack();
  const topic = new AlarmTopic(stack, "alarms", emails ? { emails } : {});
  new Alarm(stack, "jobs-lost", {
    ...{ topic, metric, statistic: "Maximum", threshold: { above: 0 }, description: "Jobs were lost." },
    ...props,
  });
  return template(stack);
};

describe("Alarm", () => {
  it("tells its topic when it begins and when it is over, and takes silence for well", () => {
    const { "//": _, ...block } = synthesized().resource(CloudwatchMetricAlarm);
    expect(block).toEqual({
      alarm_name: "onair-test-jobs-lost",
      alarm_description: "Jobs were lost.",
      namespace: "AWS/SQS",
      metric_name: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: "jobs" },
      statistic: "Maximum",
      period: 60,
      evaluation_periods: 1,
      datapoints_to_alarm: 1,
      comparison_operator: "GreaterThanThreshold",
      threshold: 0,
      treat_missing_data: "notBreaching",
      alarm_actions: ["${aws_sns_topic.alarms.arn}"],
      ok_actions: ["${aws_sns_topic.alarms.arn}"],
      depends_on: ["aws_sns_topic_policy.alarms_Policy", "aws_kms_key_policy.alarms_KeyPolicy"],
    });
  });

  it("takes a percentile, a number that is too low, and silence as an alarm", () => {
    const props = {
      statistic: "p99",
      threshold: { below: 1 },
      silence: "alarm",
      periods: { beyond: 3, of: 5 },
    } as const;
    expect(synthesized(props).resource(CloudwatchMetricAlarm)).toMatchObject({
      extended_statistic: "p99",
      comparison_operator: "LessThanThreshold",
      ...{ threshold: 1, treat_missing_data: "breaching", evaluation_periods: 5, datapoints_to_alarm: 3 },
    });
  });

  it("refuses more periods beyond the threshold than it looks at", () => {
    expect(() => synthesized({ periods: { beyond: 3, of: 2 } })).toThrow(
      "stack/jobs-lost, periods.beyond: must be a whole number, 1 to 2 periods; got 3.  ERR_RANGE",
    );
  });
});

describe("AlarmTopic", () => {
  it("is encrypted by a key of its own that is renewed each year", () => {
    const made = synthesized();
    expect(made.resource(SnsTopic)).toMatchObject({ kms_master_key_id: "${aws_kms_key.alarms_Key.key_id}" });
    expect(made.resource(KmsKey)).toMatchObject({ enable_key_rotation: true });
  });

  it("lets alarms of this account alone publish, and encrypt by its key", () => {
    const made = synthesized();
    const conditions = {
      StringEquals: { "aws:SourceAccount": "${data.aws_caller_identity.caller.account_id}" },
    };
    const of = (block: Record<string, unknown>) => JSON.parse(String(block.policy)).Statement;
    expect(of(made.resource(SnsTopicPolicy))).toEqual([
      {
        ...{ Sid: "PublishAlarms", Effect: "Allow", Principal: { Service: "cloudwatch.amazonaws.com" } },
        ...{ Action: ["sns:Publish"], Resource: ["${aws_sns_topic.alarms.arn}"], Condition: conditions },
      },
    ]);
    expect(of(made.resource(KmsKeyPolicy))[1]).toEqual({
      ...{ Sid: "EncryptAlarms", Effect: "Allow", Principal: { Service: "cloudwatch.amazonaws.com" } },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      ...{ Resource: ["${aws_kms_key.alarms_Key.arn}"], Condition: conditions },
    });
  });

  it("mails nobody who is not named", () => {
    expect(synthesized().resources(SnsTopicSubscription)).toEqual([]);
    expect(synthesized({}, ["ops@example.com"]).resource(SnsTopicSubscription)).toMatchObject({
      ...{ protocol: "email", endpoint: "ops@example.com", topic_arn: "${aws_sns_topic.alarms.arn}" },
    });
  });
});
