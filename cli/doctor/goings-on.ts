import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { newestMinute, readAlarms } from "#aws/operator/alarms.ts";
import { readDeadLetters } from "#aws/operator/dead-letters.ts";
import { ownDimension, ownNamespace } from "#domain/operations/own-metrics.ts";
import { OBSERVE_LATE_SECONDS } from "#domain/operations/when-to-tell.ts";
import { duration } from "../terminal/duration.ts";
import { check, type Finding, fail, ok, some, warn } from "./finding.ts";

const MINUTE = 60_000;
const LOOKED_BACK = 60 * MINUTE;

export const checkDeadLetters = (sqs: SQSClient, prefix: string): Promise<Finding> =>
  check("dead letters", async () => {
    const queues = await readDeadLetters(sqs, prefix);
    const full = queues.filter(({ waiting }) => waiting > 0);
    if (queues.length === 0) return fail("dead letters", `no queue ${prefix}…-dead-letters`, "Deploy the platform.");
    return full.length === 0
      ? ok("dead letters", `${queues.length} queues are empty`)
      : fail(
          "dead letters",
          some(full.map(({ name, waiting }) => `${waiting} in ${name}`)),
          "Read docs/runbooks/event-outage.md; put back what can be tried again: onair events replay",
        );
  });

/** The walk over what is on air counts itself when it is done. */
export const checkObservePass = (cloudWatch: CloudWatchClient, functionName: string, now: number): Promise<Finding> =>
  check("last observe pass", async () => {
    const metric = { namespace: ownNamespace, name: "ObservePasses" };
    const dimension = { name: ownDimension, value: functionName };
    const minute = await newestMinute(cloudWatch, { ...metric, dimension }, now - LOOKED_BACK, now);
    const cure = "Run one now and see what it says: onair reconcile streams";
    if (minute === undefined) return fail("last observe pass", "none in the last hour", cure);
    const age = Math.max(0, now - minute);
    // A minute is over before its value can be older than that.
    const seen = `${duration(age)} ago, to the minute`;
    return age > OBSERVE_LATE_SECONDS * 1000 + MINUTE
      ? fail("last observe pass", seen, cure)
      : ok("last observe pass", seen);
  });

export const checkAlarms = (cloudWatch: CloudWatchClient, prefix: string): Promise<Finding> =>
  check("alarms", async () => {
    const alarms = await readAlarms(cloudWatch, prefix);
    const ringing = alarms.filter(({ state }) => state === "ALARM");
    if (alarms.length === 0) return fail("alarms", `there is none of ${prefix}`, "Deploy the platform.");
    return ringing.length === 0
      ? ok("alarms", `none of ${alarms.length} is on`)
      : warn(
          "alarms",
          some(ringing.map(({ name, reason }) => `${name}: ${reason}`)),
          "Each alarm's description names its runbook (docs/runbooks).",
        );
  });
