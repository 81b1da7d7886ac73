import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IvsClient } from "@aws-sdk/client-ivs";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createStreamPages } from "#aws/live-streams/stream-pages.ts";
import { createLiveRows } from "#aws/table/live-rows.ts";
import { openTable } from "#aws/table/table.ts";
import { observeStreams } from "#domain/live-state/observe-streams.ts";
import { createAnnounce } from "../shared/announce.ts";
import { readEnvironment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { makeHandler } from "./core.ts";
import { environment } from "./env.ts";

const { TABLE_NAME, WEBHOOK_QUEUE_URL: queueUrl } = readEnvironment(environment);
const table = openTable(new DynamoDBClient(), TABLE_NAME);
const ports = { streams: createStreamPages(new IvsClient()), rows: createLiveRows(table), now: Date.now };

/** Called each minute. */
export const handler = makeHandler({
  observe: (corrected) => observeStreams({ ...ports, corrected }),
  announce: createAnnounce(table, { client: new SQSClient(), queueUrl }),
  log,
});
