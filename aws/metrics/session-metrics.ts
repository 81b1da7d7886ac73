import { type CloudWatchClient, type MetricDataQuery, paginateGetMetricData } from "@aws-sdk/client-cloudwatch";

/** Time in milliseconds and value, oldest first. */
export type Series = readonly (readonly [at: number, value: number])[];

/** How a stream came in, and how it was watched. */
export interface SessionMetrics {
  /** Bits a second. */
  readonly ingestVideoBitrate: Series;
  /** Bits a second. */
  readonly ingestAudioBitrate: Series;
  /** Frames a second. */
  readonly ingestFramerate: Series;
  /** Seconds. */
  readonly keyframeInterval: Series;
  readonly concurrentViews: Series;
}

/** Where IVS puts the metrics of a channel: the namespace, and that a channel is told by its id, are unverified. */
const source = { namespace: "AWS/IVS", dimension: "Channel" } as const;

const metrics = {
  ingestVideoBitrate: { name: "IngestVideoBitrate", statistic: "Average" },
  ingestAudioBitrate: { name: "IngestAudioBitrate", statistic: "Average" },
  ingestFramerate: { name: "IngestFramerate", statistic: "Average" },
  keyframeInterval: { name: "KeyframeInterval", statistic: "Average" },
  concurrentViews: { name: "ConcurrentViews", statistic: "Maximum" },
} as const;

type MetricKey = keyof typeof metrics;
const metricKeys = Object.keys(metrics) as MetricKey[];

const day = 86_400_000;
/** How long CloudWatch keeps values of which period: a minute for 15 days, five for 63, an hour for 455. */
const retention = [
  { untilAge: 15 * day, seconds: 60 },
  { untilAge: 63 * day, seconds: 300 },
  { untilAge: Number.POSITIVE_INFINITY, seconds: 3600 },
] as const;

const periodFor = (age: number) => retention.find(({ untilAge }) => age <= untilAge)?.seconds ?? 60;

/** A stretch of time, in milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/**
 * The metrics of a channel, by the minute as long as CloudWatch keeps minutes. Of a longer stretch than a day it is the
 * last day, so that an answer stays small.
 */
export async function readSessionMetrics(
  cloudWatch: CloudWatchClient,
  channelArn: string,
  { from, until }: Stretch,
  now: number,
): Promise<SessionMetrics> {
  const start = Math.max(from, until - day);
  const period = periodFor(now - start);
  const input = {
    MetricDataQueries: metricKeys.map((key) => queryFor(key, channelArn, period)),
    // Whole periods, so that the one in which a stream begins is in, and so is the one in which it ends.
    StartTime: new Date(Math.floor(start / 1000 / period) * period * 1000),
    EndTime: new Date(Math.ceil((until + 1) / 1000 / period) * period * 1000),
    ScanBy: "TimestampAscending" as const,
  };
  const series = new Map<string, (readonly [number, number])[]>();
  for await (const { MetricDataResults = [] } of paginateGetMetricData({ client: cloudWatch }, input)) {
    for (const { Id = "", Timestamps = [], Values = [] } of MetricDataResults) {
      const points = Timestamps.map((at, place) => [at.getTime(), Values[place] ?? 0] as const);
      series.set(Id, [...(series.get(Id) ?? []), ...points]);
    }
  }
  return Object.fromEntries(metricKeys.map((key) => [key, series.get(key) ?? []])) as unknown as SessionMetrics;
}

const queryFor = (key: MetricKey, channelArn: string, period: number): MetricDataQuery => ({
  Id: key,
  MetricStat: {
    Metric: {
      Namespace: source.namespace,
      MetricName: metrics[key].name,
      Dimensions: [{ Name: source.dimension, Value: channelArn.slice(channelArn.lastIndexOf("/") + 1) }],
    },
    Period: period,
    Stat: metrics[key].statistic,
  },
});
