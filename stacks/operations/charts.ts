import type { Table } from "#constructs/data/table.ts";
import type { NodeFunction } from "#constructs/lambda/node-function.ts";
import type { Chart, DashboardProps } from "#constructs/observability/dashboard.ts";
import type { Metric } from "#constructs/observability/metric.ts";
import type { DeadLetterQueue } from "#constructs/queue/dead-letter-queue.ts";
import type { Watched } from "./alarms.ts";
import { lambdaOf, ownOf, waitingIn } from "./metrics.ts";

export interface Charted extends Watched {
  readonly everyFunction: readonly NodeFunction[];
  readonly deadLetters: readonly DeadLetterQueue[];
  readonly table: Table;
}

const ivs = (name: string): Metric => ({ namespace: "AWS/IVS", name });
const chat = (name: string): Metric => ({ namespace: "AWS/IVSChat", name });
const labelled = (metric: Metric, label: string) => ({ ...metric, label });

/** How streams come in, a line a channel. */
const ingest = (title: string, name: string): Chart => ({
  ...{ title, statistic: "Average" },
  lines: { eachOf: "Channel", namespace: "AWS/IVS", name },
});

/** What goes on, from what viewers see down to what keeps it going. */
export const chartsOf = (charted: Charted): DashboardProps["rows"] => [
  { heading: "Who streams, who watches", charts: audience(charted) },
  {
    heading: "How streams come in, by channel",
    charts: [
      ingest("Video, bits a second", "IngestVideoBitrate"),
      ingest("Audio, bits a second", "IngestAudioBitrate"),
      ingest("Frames a second", "IngestFramerate"),
      ingest("Seconds between keyframes", "KeyframeInterval"),
    ],
  },
  { heading: "Chat", charts: chats(charted) },
  { heading: "API and table", charts: api(charted) },
  { heading: "Functions", charts: functions(charted) },
  { heading: "What keeps live states and accounts right", charts: repairs(charted) },
];

const audience = ({ functions: { observe }, settings }: Charted): Chart[] => [
  {
    ...{ title: "Streams at once", statistic: "Maximum" },
    lines: [
      labelled(ivs("ConcurrentStreams"), "as IVS counts"),
      labelled(ownOf(observe, "ConcurrentStreams"), "as the last walk found"),
    ],
    limit: { value: settings.concurrentStreamsQuota, label: "quota" },
  },
  {
    ...{ title: "Streams that starve, percent", statistic: "Average" },
    lines: [labelled(ownOf(observe, "StarvingStreams"), "starving")],
  },
  { ...{ title: "Views at once", statistic: "Maximum" }, lines: [labelled(ivs("ConcurrentViews"), "all channels")] },
  {
    ...{ title: "Views at once, by channel", statistic: "Maximum" },
    lines: { eachOf: "Channel", namespace: "AWS/IVS", name: "ConcurrentViews" },
  },
];

const chats = ({ functions: { review } }: Charted): Chart[] => [
  { ...{ title: "Connections", statistic: "Maximum" }, lines: [chat("ConcurrentChatConnections")] },
  {
    ...{ title: "Messages", statistic: "Sum" },
    lines: [chat("MessagingRequests"), chat("MessagingDeliveries"), chat("MessagesDelivered")],
  },
  {
    ...{ title: "Review, milliseconds", statistic: "p99" },
    lines: [lambdaOf(review, "Duration")],
    limit: { value: 200, label: "rooms wait no longer" },
  },
  {
    ...{ title: "Reviews that failed", statistic: "Sum" },
    lines: [
      labelled(lambdaOf(review, "Errors"), "in the function"),
      labelled({ ...chat("InvocationErrors"), dimensions: { Uri: review.functionArn } }, "as rooms see it"),
    ],
  },
];

const api = ({ api: { apiId }, table }: Charted): Chart[] => {
  const ofApi = (name: string): Metric => ({ namespace: "AWS/ApiGateway", name, dimensions: { ApiId: apiId } });
  const ofTable = (name: string): Metric => ({
    ...{ namespace: "AWS/DynamoDB", name },
    dimensions: { TableName: table.tableName },
  });
  return [
    { ...{ title: "Requests", statistic: "Sum" }, lines: [ofApi("Count"), ofApi("4xx"), ofApi("5xx")] },
    { ...{ title: "Milliseconds to the answer", statistic: "p99" }, lines: [ofApi("Latency")] },
    {
      ...{ title: "The table turns away", statistic: "Sum" },
      lines: [ofTable("ReadThrottleEvents"), ofTable("WriteThrottleEvents")],
    },
  ];
};

const functions = ({ everyFunction }: Charted): Chart[] => {
  const each = (title: string, name: string, statistic: Chart["statistic"]): Chart => ({
    ...{ title, statistic },
    lines: everyFunction.map((one) => labelled(lambdaOf(one, name), one.handler)),
  });
  return [
    each("Calls", "Invocations", "Sum"),
    each("Failures", "Errors", "Sum"),
    each("Turned away", "Throttles", "Sum"),
    {
      ...{ title: "Errors in the logs", statistic: "Sum" },
      lines: everyFunction.map((one) => labelled(ownOf(one, "LoggedErrors"), one.handler)),
    },
  ];
};

const repairs = ({ functions: { observe, work, requests }, deadLetters }: Charted): Chart[] => [
  {
    ...{ title: "Walks over what is on air, and what they corrected", statistic: "Sum" },
    lines: [ownOf(observe, "ObservePasses"), ownOf(observe, "CorrectedStates")],
  },
  {
    ...{ title: "Work that IVS put off", statistic: "Sum" },
    lines: [work, requests].map((one) => labelled(ownOf(one, "ServiceThrottles"), one.handler)),
  },
  { ...{ title: "Dead letters", statistic: "Maximum" }, lines: deadLetters.map(waitingIn) },
];
