import { CreateBucketCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Amazon, amazon } from "../fixture/amazon.ts";
import { client, type OwnCloud, startOwnCloud } from "../fixture/own-cloud.ts";
import type { Keys } from "../fixture/signature.ts";

const Bucket = "pictures";
let own: OwnCloud;
let account: Amazon;
let uploader: Keys;

const s3 = (keys: Keys) => new S3Client({ ...client(own.cloud, keys), forcePathStyle: true });

beforeAll(async () => {
  own = await startOwnCloud();
  account = amazon(own.cloud.endpoint, own.root);
  await s3(own.root).send(new CreateBucketCommand({ Bucket }));
  const may = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::pictures/uploads/*" };
  uploader = await account.assume(await account.role("uploader", [may]));
});
afterAll(() => own?.[Symbol.asyncDispose]());

/** What a page is given to post with: PNG of at most ten bytes, under one key. */
const signed = (Key: string, keys = uploader) =>
  createPresignedPost(s3(keys), {
    ...{ Bucket, Key, Expires: 60 },
    Fields: { "content-type": "image/png" },
    Conditions: [
      ["content-length-range", 1, 10],
      ["eq", "$content-type", "image/png"],
    ],
  });

const post = async (fields: Readonly<Record<string, string>>, content = "picture") => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", new Blob([content]));
  const headers = { origin: "https://onair.example", "sec-fetch-site": "cross-site" };
  const answer = await fetch(`${own.cloud.endpoint}/${Bucket}`, { method: "POST", body: form, headers });
  return { status: answer.status, text: await answer.text() };
};

describe("a form that is posted to a bucket", () => {
  it("puts what a role signed that it may put", async () => {
    const { url, fields } = await signed("uploads/one");
    expect(url).toBe(`${own.cloud.endpoint}/${Bucket}`);
    expect((await post(fields)).status).toBe(204);
    const { Body, ContentType } = await s3(own.root).send(new GetObjectCommand({ Bucket, Key: "uploads/one" }));
    expect([await Body?.transformToString(), ContentType]).toEqual(["picture", "image/png"]);
  });

  it("is refused where it is larger, of another type, or under another key than was signed", async () => {
    const { fields } = await signed("uploads/two");
    expect(await post(fields, "eleven bytes")).toMatchObject({
      status: 400,
      text: expect.stringContaining("EntityTooLarge"),
    });
    expect((await post({ ...fields, "content-type": "text/html" })).status).toBe(403);
    expect((await post({ ...fields, key: "uploads/three" })).status).toBe(403);
  });

  it("is refused where its signer may not put it", async () => {
    expect((await post((await signed("elsewhere/one")).fields)).status).toBe(403);
  });

  it("is refused where nobody signed it, or somebody changed it since", async () => {
    const { fields } = await signed("uploads/four");
    expect((await post({ key: "uploads/four" })).status).toBe(403);
    expect((await post({ ...fields, "X-Amz-Signature": "0".repeat(64) })).status).toBe(403);
  });
});
