import { randomUUID } from "node:crypto";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IvsClient } from "@aws-sdk/client-ivs";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { tablePace } from "#aws/accounts/in-turn.ts";
import { createWorkQueue } from "#aws/accounts/work-queue.ts";
import { openTable } from "#aws/table/table.ts";
import { work } from "#domain/accounts/work.ts";
import { readEnvironment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { makeHandler } from "./core.ts";
import { accountDesign } from "./design.ts";
import { environment } from "./env.ts";
import { createPorts } from "./ports.ts";

/** Built into the bundle: what channels and rooms of users are like, by the environment's settings. */
declare const ACCOUNT_DESIGN: unknown;

const variables = readEnvironment(environment);
const table = openTable(new DynamoDBClient(), variables.TABLE_NAME);
const ports = createPorts(variables, v.parse(accountDesign, ACCOUNT_DESIGN), {
  table,
  pace: tablePace(table),
  ivs: new IvsClient(),
  ivsOnce: new IvsClient({ maxAttempts: 1 }),
  chat: new IvschatClient(),
  chatOnce: new IvschatClient({ maxAttempts: 1 }),
  s3: new S3Client(),
  cognito: new CognitoIdentityProviderClient(),
});
const queue = createWorkQueue(new SQSClient(), variables.WORK_QUEUE_URL);

/** Called with the messages of the work queue. */
export const handler = makeHandler({
  work: (message) => work(message, { ...ports, queue, holder: randomUUID() }),
  log,
});
