import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { portOf } from "#aws/queue/queue.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import { openTable } from "#aws/table/table.ts";
import { createWebhooks } from "#aws/table/webhooks.ts";
import { type DeliverPorts, deliver } from "#domain/webhooks/deliver.ts";
import { readEnvironment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { checkedLookup } from "./checked-lookup.ts";
import { makeHandler } from "./core.ts";
import { environment } from "./env.ts";
import { post } from "./post.ts";

/** Built into the bundle: `accounts.allowPrivateWebhooks` of the environment's settings. */
declare const ALLOW_PRIVATE_WEBHOOKS: boolean;

const { TABLE_NAME, WEBHOOK_QUEUE_URL: queueUrl } = readEnvironment(environment);
const table = openTable(new DynamoDBClient(), TABLE_NAME);
const lookup = ALLOW_PRIVATE_WEBHOOKS ? undefined : checkedLookup();
const ports: DeliverPorts = {
  webhooks: createWebhooks(table),
  queue: portOf({ client: new SQSClient(), queueUrl }),
  profileOf: createProfiles(table).bySub,
  post: (url, headers, body) => post(url, headers, body, { lookup }),
  allowPrivate: ALLOW_PRIVATE_WEBHOOKS,
  now: Date.now,
};

/** Called with batches of the queue of messages to webhooks. */
export const handler = makeHandler({ deliver: (message) => deliver(message, ports), log });
