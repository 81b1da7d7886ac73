import { S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { ensureManagedKey } from "#aws/state-backend/managed-key.ts";
import { type Answer, playService } from "./recorded-server.ts";

const account = "111122223333";
const backend = { bucket: "the-state", table: "locks", region: "eu-west-1", key: "onair/dev/state.tfstate" };

async function ensure(kmsKeyId: string | undefined, answer: Answer = { status: 200 }) {
  await using s3 = await playService(() => answer);
  const client = new S3Client({
    region: backend.region,
    endpoint: s3.endpoint,
    forcePathStyle: true,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
  });
  try {
    await ensureManagedKey(client, { ...backend, kmsKeyId }, account);
    return s3.sent;
  } finally {
    client.destroy();
  }
}

const refusal = (status: number, code: string): Answer => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `<Error><Code>${code}</Code><Message>said by S3</Message></Error>`,
});

test("has S3 encrypt one small object with KMS and no key named, which is when AWS makes alias/aws/s3", async () => {
  const sent = await ensure("alias/aws/s3");
  expect(sent.map(({ line }) => line)).toEqual(["PUT /the-state/onair/.encryption"]);
  expect(sent[0]?.headers).toMatchObject({
    "x-amz-server-side-encryption": "aws:kms",
    "x-amz-expected-bucket-owner": account,
    "if-none-match": "*",
  });
  expect(sent[0]?.headers).not.toHaveProperty("x-amz-server-side-encryption-aws-kms-key-id");
});

test("is content with the object of an earlier run, or of another just now", async () => {
  expect(await ensure("alias/aws/s3", refusal(412, "PreconditionFailed"))).toHaveLength(1);
  expect(await ensure("alias/aws/s3", refusal(409, "ConditionalRequestConflict"))).toHaveLength(1);
});

test("passes on what S3 refuses", async () => {
  await expect(ensure("alias/aws/s3", refusal(403, "AccessDenied"))).rejects.toMatchObject({ name: "AccessDenied" });
});

test("puts nothing where another key, or none, is named", async () => {
  expect(await ensure("alias/onair-state")).toEqual([]);
  expect(await ensure(undefined)).toEqual([]);
});
