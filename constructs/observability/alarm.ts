import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { Construct } from "constructs";
import { checkRange } from "../core/check.ts";
import { physicalName } from "../core/name.ts";
import type { AlarmTopic } from "./alarm-topic.ts";
import type { Metric, Statistic } from "./metric.ts";

export interface AlarmProps {
  readonly topic: AlarmTopic;
  readonly metric: Metric;
  readonly statistic: Statistic;
  /** Is too high above it, or too low below it. */
  readonly threshold: { readonly above: number } | { readonly below: number };
  /** Seconds of a period: 10, 30, or whole minutes. @default 60 */
  readonly periodSeconds?: number;
  /** How many of the last periods must be beyond the threshold, of how many. @default 1 of 1 */
  readonly periods?: { readonly beyond: number; readonly of: number };
  /** What a period without any value counts as: things are well, or they are not. @default "well" */
  readonly silence?: "well" | "alarm";
  /** What it means and what to do, for whoever gets the mail. */
  readonly description: string;
}

/** An alarm on one metric. It tells its topic when it begins and when it is over. */
export class Alarm extends Construct {
  /** The underlying `aws_cloudwatch_metric_alarm`. */
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    const { topic, metric, statistic, threshold, periodSeconds = 60, silence = "well", description } = props;
    const { beyond, of } = props.periods ?? { beyond: 1, of: 1 };
    checkRange(this, "periods.beyond", beyond, { minimum: 1, maximum: of, unit: "periods" });
    this.resource = new CloudwatchMetricAlarm(this, "Resource", {
      alarmName: physicalName(this, { maximumLength: 255 }),
      alarmDescription: description,
      namespace: metric.namespace,
      metricName: metric.name,
      ...(metric.dimensions && { dimensions: metric.dimensions }),
      ...(statistic.startsWith("p") ? { extendedStatistic: statistic } : { statistic }),
      period: periodSeconds,
      evaluationPeriods: of,
      datapointsToAlarm: beyond,
      ...("above" in threshold
        ? { comparisonOperator: "GreaterThanThreshold", threshold: threshold.above }
        : { comparisonOperator: "LessThanThreshold", threshold: threshold.below }),
      treatMissingData: silence === "alarm" ? "breaching" : "notBreaching",
      alarmActions: [topic.topicArn],
      okActions: [topic.topicArn],
      // An alarm before its topic takes it would be lost.
      dependsOn: [topic.policy, topic.keyPolicy],
    });
  }

  get alarmName(): string {
    return this.resource.alarmName;
  }

  get outputs(): Record<string, string> {
    return { name: this.alarmName, arn: this.resource.arn };
  }
}
