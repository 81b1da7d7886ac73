import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import { S3Client } from "@aws-sdk/client-s3";
import { createChatTokens } from "#aws/chat/chat-tokens.ts";
import { chatEndpoint } from "#aws/chat/endpoint.ts";
import { createPictures } from "#aws/pictures/pictures.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import { openTable } from "#aws/table/table.ts";
import { readEnvironment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { makeHandler } from "./core.ts";
import { environment } from "./env.ts";

/** Built into the bundle: `accounts.chatSessionMinutes` of the environment's settings. */
declare const CHAT_SESSION_MINUTES: number;

const variables = readEnvironment(environment);
const table = openTable(new DynamoDBClient(), variables.TABLE_NAME);

/** Called by API Gateway, for anyone. */
export const handler = makeHandler(
  {
    profiles: createProfiles(table),
    chatTokens: createChatTokens(new IvschatClient(), {
      endpoint: chatEndpoint(process.env),
      sessionMinutes: CHAT_SESSION_MINUTES,
    }),
    pictures: createPictures(new S3Client(), variables.PICTURES_BUCKET),
    now: Date.now,
  },
  log,
);
