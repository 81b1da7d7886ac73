import type { HttpApi } from "#constructs/http-api/http-api.ts";
import type { NodeFunction } from "#constructs/lambda/node-function.ts";
import type { AlarmProps } from "#constructs/observability/alarm.ts";
import { nearQuota, OBSERVE_LATE_SECONDS } from "#domain/operations/when-to-tell.ts";
import type { OperationsSettings } from "#settings/operations.ts";
import { lambdaOf, ownOf } from "./metrics.ts";

/** IVS Chat waits 200 ms for a review, the call of the function included; what is left is for the way there and back. */
const REVIEW_MILLISECONDS = 150;
const FIVE_MINUTES = 300;
/** One user's bad line is theirs; when half of what is on air starves, it is ours or the region's. */
const STARVING_PERCENT = 50;
/** Calls in five minutes that IVS may put off: a burst of sign-ups is taken in turns, and puts off few. */
const THROTTLES = 20;
/** One failed request may be anybody's; six in five minutes are not. */
const FAILED_REQUESTS = 5;

export interface Watched {
  readonly functions: Readonly<Record<"review" | "observe" | "work" | "streamState" | "requests", NodeFunction>>;
  readonly api: HttpApi;
  readonly settings: OperationsSettings;
}

const runbook = (name: string): string => `docs/runbooks/${name}.md`;

/** What people are woken for, by the alarm's name; queues of dead letters have theirs besides. */
export const alarmsOf = ({
  functions,
  api,
  settings,
}: Watched): Readonly<Record<string, Omit<AlarmProps, "topic">>> => ({
  "observe-late": {
    metric: ownOf(functions.observe, "ObservePasses"),
    ...{ statistic: "Sum", threshold: { below: 1 }, periodSeconds: OBSERVE_LATE_SECONDS, silence: "alarm" },
    description: `No walk over what is on air was finished for five minutes: live states may be wrong. ${runbook("event-outage")}`,
  },
  throttled: {
    // Of the account: its functions share one number of calls at once.
    metric: { namespace: "AWS/Lambda", name: "Throttles" },
    ...{ statistic: "Sum", threshold: { above: 0 }, periods: { beyond: 2, of: 5 } },
    description: `Lambda turns calls away: the account's limit of calls at once is reached. ${runbook("quota")}`,
  },
  "service-throttled": {
    metric: ownOf(functions.work, "ServiceThrottles"),
    ...{ statistic: "Sum", threshold: { above: THROTTLES }, periodSeconds: FIVE_MINUTES },
    description: `IVS or IVS Chat puts off the work on accounts, again and again: sign-ups take longer. ${runbook("quota")}`,
  },
  "requests-throttled": {
    metric: ownOf(functions.requests, "ServiceThrottles"),
    ...{ statistic: "Sum", threshold: { above: THROTTLES }, periodSeconds: FIVE_MINUTES },
    description: `IVS or IVS Chat puts off what users ask for, who are told to try again. ${runbook("quota")}`,
  },
  "review-errors": {
    metric: lambdaOf(functions.review, "Errors"),
    ...{ statistic: "Sum", threshold: { above: 0 }, periods: { beyond: 2, of: 5 } },
    description: `The review of chat messages fails: each room's fallback decides, by default without any review. ${runbook("rollback")}`,
  },
  "review-slow": {
    metric: lambdaOf(functions.review, "Duration"),
    ...{ statistic: "p99", threshold: { above: REVIEW_MILLISECONDS }, periods: { beyond: 3, of: 5 } },
    description: `The review of chat messages nears the 200 ms that a room waits: the fallback decides on what is late. ${runbook("rollback")}`,
  },
  "review-not-called": {
    metric: { namespace: "AWS/IVSChat", name: "InvocationErrors", dimensions: { Uri: functions.review.functionArn } },
    ...{ statistic: "Sum", threshold: { above: 0 }, periods: { beyond: 2, of: 5 } },
    description: `IVS Chat cannot have messages reviewed: each room's fallback decides. ${runbook("rollback")}`,
  },
  "api-failures": {
    metric: { namespace: "AWS/ApiGateway", name: "5xx", dimensions: { ApiId: api.apiId } },
    ...{ statistic: "Sum", threshold: { above: FAILED_REQUESTS }, periodSeconds: FIVE_MINUTES },
    description: `Requests to the API fail on our side. Its functions' logs say which. ${runbook("rollback")}`,
  },
  "streams-near-quota": {
    metric: ownOf(functions.observe, "ConcurrentStreams"),
    ...{ statistic: "Maximum", threshold: { above: nearQuota(settings.concurrentStreamsQuota) - 1 } },
    description: `Four fifths of the streams that the account may have at once are on air. ${runbook("quota")}`,
  },
  "streams-starving": {
    metric: ownOf(functions.observe, "StarvingStreams"),
    ...{ statistic: "Average", threshold: { above: STARVING_PERCENT }, periods: { beyond: 5, of: 5 } },
    description: `Most encoders reach IVS badly, not only one of them. ${runbook("event-outage")}`,
  },
  "worker-errors": {
    metric: ownOf(functions.work, "LoggedErrors"),
    ...{ statistic: "Sum", threshold: { above: 0 }, periodSeconds: FIVE_MINUTES },
    description: `An account could not be worked on, or was left to the sweep. ${runbook("event-outage")}`,
  },
  "stream-state-errors": {
    metric: ownOf(functions.streamState, "LoggedErrors"),
    ...{ statistic: "Sum", threshold: { above: 0 }, periodSeconds: FIVE_MINUTES },
    description: `What IVS says of streams could not be taken. ${runbook("event-outage")}`,
  },
});
