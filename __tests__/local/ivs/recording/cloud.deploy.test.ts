import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateChannelCommand,
  CreateRecordingConfigurationCommand,
  GetStreamCommand,
  IvsClient,
} from "@aws-sdk/client-ivs";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { client, type OwnCloud, startOwnCloud } from "../../fixture/own-cloud.ts";
import { call } from "../../fixture/signature.ts";
import { projectFfmpeg, smallClip } from "../../media/fixture/ffmpeg.ts";
import { type Push, push } from "../../media/rtmp/fixture/push.ts";

let own: OwnCloud;
let [ivs, s3]: [IvsClient?, S3Client?] = [];
let ffmpeg = "";
let clip = "";
const pushes: Push[] = [];

beforeAll(async () => {
  own = await startOwnCloud({ insecureIngest: "everywhere" });
  ivs = new IvsClient(client(own.cloud, own.root));
  s3 = new S3Client({ ...client(own.cloud, own.root), forcePathStyle: true });
  ffmpeg = await projectFfmpeg();
  clip = await smallClip({ seconds: 4 });
  await watchEvents();
});
afterAll(async () => {
  for (const { process } of pushes) process.kill("SIGKILL");
  await Promise.all(pushes.map(({ ended }) => ended));
  ivs?.destroy();
  s3?.destroy();
  await own?.[Symbol.asyncDispose]();
});

const sqs = async (operation: string, input: unknown) => {
  const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AmazonSQS.${operation}` };
  const request = { endpoint: own.cloud.endpoint, service: "sqs", headers, body: JSON.stringify(input) };
  return JSON.parse((await call(request, own.root)).text) as Record<string, unknown>;
};
const events = async (operation: string, input: unknown) => {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": `AWSEvents.${operation}` };
  await call({ endpoint: own.cloud.endpoint, service: "events", headers, body: JSON.stringify(input) }, own.root);
};

/** Sends what IVS tells of recordings to a queue. */
const watchEvents = async () => {
  await sqs("CreateQueue", { QueueName: "recordings" });
  const pattern = { source: ["aws.ivs"], "detail-type": ["IVS Recording State Change"] };
  await events("PutRule", { Name: "recordings", EventPattern: JSON.stringify(pattern) });
  const target = { Id: "1", Arn: `arn:aws:sqs:us-east-1:${own.cloud.accountId}:recordings` };
  await events("PutTargets", { Rule: "recordings", Targets: [target] });
};

/** The details of what was told of a channel, in order, once there are so many. */
const told = async (channelName: string, count: number): Promise<Record<string, unknown>[]> => {
  const details: Record<string, unknown>[] = [];
  for (let attempt = 0; attempt < 100 && details.length < count; attempt += 1) {
    const input = { QueueUrl: `${own.cloud.endpoint}/${own.cloud.accountId}/recordings`, MaxNumberOfMessages: 10 };
    const { Messages = [] } = (await sqs("ReceiveMessage", input)) as { Messages?: { Body: string }[] };
    const received = Messages.map(({ Body }) => JSON.parse(Body).detail);
    details.push(...received.filter(({ channel_name }) => channel_name === channelName));
    await sleep(200);
  }
  return details;
};

/** A channel that is recorded to a bucket of its own, and an encoder that sends to it until it is told otherwise. */
const goLive = async (name: string) => {
  const bucketName = `recordings-of-${name}`;
  await s3?.send(new CreateBucketCommand({ Bucket: bucketName }));
  const recording = await ivs?.send(
    new CreateRecordingConfigurationCommand({
      name,
      destinationConfiguration: { s3: { bucketName } },
      thumbnailConfiguration: { recordingMode: "INTERVAL", targetIntervalSeconds: 2, storage: ["LATEST"] },
    }),
  );
  await sleep(600);
  const recordingConfigurationArn = recording?.recordingConfiguration?.arn;
  const created = await ivs?.send(new CreateChannelCommand({ name, recordingConfigurationArn }));
  const address = `${own.cloud.rtmpUrl}/${created?.streamKey?.value}`;
  const encoder = push(ffmpeg, ["-stream_loop", "-1", "-i", clip, "-c", "copy"], address);
  pushes.push(encoder);
  return { bucketName, channelArn: created?.channel?.arn, encoder };
};

const keysOf = async (Bucket: string): Promise<string[]> => {
  const { Contents = [] } = (await s3?.send(new ListObjectsV2Command({ Bucket }))) ?? {};
  return Contents.map(({ Key = "" }) => Key);
};

describe("a channel with a recording configuration", () => {
  it("has its stream in the bucket, and EventBridge told where it is", async () => {
    const { bucketName, encoder } = await goLive("alice");
    const [start] = await told("alice", 1);
    const prefix = String(start?.recording_s3_key_prefix);
    expect(start).toMatchObject({ recording_status: "Recording Start", recording_s3_bucket_name: bucketName });
    expect(await keysOf(bucketName)).toContain(`${prefix}/media/hls/180p30/0.ts`);
    await sleep(3_000);
    encoder.process.kill("SIGINT");
    const [end] = await told("alice", 1);
    expect(end).toMatchObject({ recording_status: "Recording End", recording_s3_key_prefix: prefix });
    expect(await keysOf(bucketName)).toEqual(
      expect.arrayContaining(
        [
          "events/recording-ended.json",
          "events/recording-started.json",
          "media/hls/180p30/byte-range-variant.m3u8",
          "media/hls/180p30/playlist.m3u8",
          "media/hls/byte-range-multivariant.m3u8",
          "media/hls/master.m3u8",
          "media/latest_thumbnail/thumb.jpg",
        ].map((path) => `${prefix}/${path}`),
      ),
    );
    const ended = await s3?.send(
      new GetObjectCommand({ Bucket: bucketName, Key: `${prefix}/events/recording-ended.json` }),
    );
    expect(ended?.ContentType).toBe("application/json");
    const { media } = JSON.parse((await ended?.Body?.transformToString()) ?? "");
    expect(media.hls.duration_ms).toBe(end?.recording_duration_ms);
  });

  it("stays live when its bucket is removed, and EventBridge is told of the failure", async () => {
    const { bucketName, channelArn } = await goLive("bob");
    await told("bob", 1);
    await vi.waitFor(
      async () => {
        const Objects = (await keysOf(bucketName)).map((Key) => ({ Key }));
        if (Objects.length > 0) await s3?.send(new DeleteObjectsCommand({ Bucket: bucketName, Delete: { Objects } }));
        await s3?.send(new DeleteBucketCommand({ Bucket: bucketName }));
      },
      { timeout: 20_000, interval: 200 },
    );
    const [end] = await told("bob", 1);
    expect(end).toMatchObject({
      recording_status: "Recording End Failure",
      recording_status_reason: "InternalServerException",
      recording_s3_bucket_name: bucketName,
    });
    expect(own.lines.filter((line) => line.includes(String(channelArn)))).toEqual([
      expect.stringMatching(/^The recording of arn:.* to the bucket recordings-of-bob failed: NoSuchBucket: /),
    ]);
    const live = await ivs?.send(new GetStreamCommand({ channelArn }));
    expect(live?.stream?.state).toBe("LIVE");
  });
});
