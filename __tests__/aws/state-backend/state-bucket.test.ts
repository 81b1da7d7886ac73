import { S3Client } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { ensureStateBucket } from "#aws/state-backend/state-bucket.ts";
import { type Answer, playService, type SentRequest } from "./recorded-server.ts";

const account = "111122223333";
const backend = { bucket: "the-state", table: "locks", region: "eu-west-1", key: "onair/dev/state.tfstate" };
const error = (status: number, code: string): Answer => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `<Error><Code>${code}</Code><Message>said by S3</Message></Error>`,
});

async function ensure(head: Answer, create: Answer = { status: 200 }, region = backend.region) {
  await using s3 = await playService(({ line }: SentRequest) => {
    if (line.startsWith("HEAD")) return head;
    return line === "PUT /the-state" || line === "PUT /the-state/" ? create : { status: 200 };
  });
  const client = new S3Client({
    region,
    endpoint: s3.endpoint,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
  });
  try {
    return { outcome: await ensureStateBucket(client, { ...backend, region }, account), sent: s3.sent };
  } catch (thrown) {
    return { thrown: thrown as Error & { code?: string }, sent: s3.sent };
  } finally {
    client.destroy();
  }
}

const changes = (sent: readonly SentRequest[]) =>
  sent.map(({ line }) => line.replace("/the-state/", "/the-state")).filter((line) => !line.startsWith("HEAD"));

test("makes an absent bucket in the backend's region, closed and versioned at once", async () => {
  const { outcome, sent } = await ensure({ status: 404 });
  expect(outcome).toBe("created");
  expect(changes(sent)).toEqual(["PUT /the-state", "PUT /the-state?publicAccessBlock=", "PUT /the-state?versioning="]);
  expect(sent[1]?.body).toContain("<LocationConstraint>eu-west-1</LocationConstraint>");
  expect(sent[2]?.body.match(/true/g)).toHaveLength(4);
  expect(sent[3]?.body).toContain("<Status>Enabled</Status>");
});

test("says no LocationConstraint in us-east-1, where S3 refuses one", async () => {
  const { sent } = await ensure({ status: 404 }, { status: 200 }, "us-east-1");
  expect(sent[1]?.body).not.toContain("LocationConstraint");
});

test("closes and versions a bucket that an earlier run made and no more", async () => {
  const { outcome, sent } = await ensure({ status: 200, headers: { "x-amz-bucket-region": "eu-west-1" } });
  expect(outcome).toBe("present");
  expect(changes(sent)).toEqual(["PUT /the-state?publicAccessBlock=", "PUT /the-state?versioning="]);
});

test("names the owner that it expects in every call on a bucket that is there", async () => {
  const { sent } = await ensure({ status: 200 });
  for (const { headers } of sent) expect(headers["x-amz-expected-bucket-owner"]).toBe(account);
});

test("goes on where another run has made the bucket in the meantime", async () => {
  const { outcome } = await ensure({ status: 404 }, error(409, "BucketAlreadyOwnedByYou"));
  expect(outcome).toBe("present");
});

describe("refuses, and changes nothing of,", () => {
  const foreign = "Bucket the-state is not account 111122223333's own, or its policy keeps that account out.";

  test("a bucket of another account", async () => {
    const { thrown, sent } = await ensure({ status: 403 });
    expect(thrown).toMatchObject({ code: "BUCKET_FOREIGN", message: foreign });
    expect(changes(sent)).toEqual([]);
  });

  test("a name that another account has taken in the meantime", async () => {
    const { thrown } = await ensure({ status: 404 }, error(409, "BucketAlreadyExists"));
    expect(thrown).toMatchObject({ code: "BUCKET_FOREIGN", message: foreign });
  });

  test.each([
    ["a redirect", { status: 301, headers: { "x-amz-bucket-region": "us-east-2" } }],
    ["an answer", { status: 200, headers: { "x-amz-bucket-region": "us-east-2" } }],
  ])("a bucket in another region, as %s says", async (_name, head) => {
    const { thrown, sent } = await ensure(head);
    expect(thrown).toMatchObject({
      code: "BUCKET_REGION",
      message: "Bucket the-state is in region us-east-2, not in eu-west-1.",
    });
    expect(changes(sent)).toEqual([]);
  });
});

test("passes on what it does not know", async () => {
  const { thrown } = await ensure({ status: 404 }, error(400, "TooManyBuckets"));
  expect(thrown?.name).toBe("TooManyBuckets");
});
