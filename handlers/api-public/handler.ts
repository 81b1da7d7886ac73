import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { createPictures } from "#aws/pictures/pictures.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import { openTable } from "#aws/table/table.ts";
import { readEnvironment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { makeHandler } from "./core.ts";
import { environment } from "./env.ts";

const variables = readEnvironment(environment);
const table = openTable(new DynamoDBClient(), variables.TABLE_NAME);

/** Called by API Gateway, for anyone. */
export const handler = makeHandler(
  {
    profiles: createProfiles(table),
    pictures: createPictures(new S3Client(), variables.PICTURES_BUCKET),
    now: Date.now,
  },
  log,
);
