import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { readEnvironment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { makeHandler } from "./core.ts";
import { environment } from "./env.ts";

const { AUDIT_BUCKET: Bucket } = readEnvironment(environment);
const s3 = new S3Client();

const put = async (Key: string, Body: string) => {
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: "application/x-ndjson" }));
};

/** Called with the new rows of the moderation audit, by the stream of the platform's table. */
export const handler = makeHandler({ put, log });
