import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createWorkQueue } from "#aws/accounts/work-queue.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { openTable } from "#aws/table/table.ts";
import { signUp } from "#domain/accounts/sign-up.ts";
import { randomName } from "../shared/accounts/random-name.ts";
import { readEnvironment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { makeHandler } from "./core.ts";
import { environment } from "./env.ts";

const { TABLE_NAME, WORK_QUEUE_URL } = readEnvironment(environment);
const store = createAccountStore(openTable(new DynamoDBClient(), TABLE_NAME));
const queue = createWorkQueue(new SQSClient(), WORK_QUEUE_URL);

/** Called by Cognito when a user has confirmed the address, at least once. */
export const handler = makeHandler({
  signUp: (sub, nickname) => signUp(sub, nickname, { store, queue, randomName }),
  log,
});
