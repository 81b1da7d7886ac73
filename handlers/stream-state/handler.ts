import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createLiveRows } from "#aws/table/live-rows.ts";
import { createSessionHistory } from "#aws/table/session-history.ts";
import { openTable } from "#aws/table/table.ts";
import { applyStreamEvent } from "#domain/live-state/apply-stream-event.ts";
import { createAnnounce } from "../shared/announce.ts";
import { readEnvironment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { makeHandler } from "./core.ts";
import { environment } from "./env.ts";

/** Built into the bundle: `accounts.sessionHistoryDays` of the environment's settings. */
declare const SESSION_HISTORY_DAYS: number;

const { TABLE_NAME, WEBHOOK_QUEUE_URL: queueUrl } = readEnvironment(environment);
const table = openTable(new DynamoDBClient(), TABLE_NAME);
const ports = {
  rows: createLiveRows(table),
  history: createSessionHistory(table),
  now: Date.now,
  historyDays: SESSION_HISTORY_DAYS,
};

/** Called with batches of the queue of Amazon IVS's events. */
export const handler = makeHandler({
  apply: (event) => applyStreamEvent(event, ports),
  announce: createAnnounce(table, { client: new SQSClient(), queueUrl }),
  log,
});
