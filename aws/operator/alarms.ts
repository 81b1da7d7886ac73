import { type CloudWatchClient, GetMetricStatisticsCommand, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";

/** An alarm, and how it is now. */
export interface AlarmState {
  readonly name: string;
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  /** In CloudWatch's words. */
  readonly reason: string;
}

/** The alarms on metrics whose names begin so. */
export async function readAlarms(cloudWatch: CloudWatchClient, prefix: string): Promise<AlarmState[]> {
  const alarms: AlarmState[] = [];
  for await (const page of paginateDescribeAlarms({ client: cloudWatch }, { AlarmNamePrefix: prefix })) {
    for (const { AlarmName = "", StateValue = "INSUFFICIENT_DATA", StateReason = "" } of page.MetricAlarms ?? []) {
      alarms.push({ name: AlarmName, state: StateValue, reason: StateReason });
    }
  }
  return alarms;
}

/** A metric that is told apart by one dimension. */
export interface OneMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimension: { readonly name: string; readonly value: string };
}

/** The minute of a metric's newest value, in milliseconds; undefined where there is none since `from`. */
export async function newestMinute(
  cloudWatch: CloudWatchClient,
  { namespace, name, dimension }: OneMetric,
  from: number,
  now: number,
): Promise<number | undefined> {
  const { Datapoints = [] } = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace: namespace,
      MetricName: name,
      Dimensions: [{ Name: dimension.name, Value: dimension.value }],
      StartTime: new Date(from),
      // The running minute is in.
      EndTime: new Date(now + 60_000),
      Period: 60,
      Statistics: ["SampleCount"],
    }),
  );
  const minutes = Datapoints.flatMap(({ Timestamp }) => Timestamp?.getTime() ?? []);
  return minutes.length === 0 ? undefined : Math.max(...minutes);
}
