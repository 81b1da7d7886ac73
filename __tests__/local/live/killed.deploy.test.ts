import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateChannelCommand,
  CreateRecordingConfigurationCommand,
  GetStreamCommand,
  ImportPlaybackKeyPairCommand,
  IvsClient,
  ListChannelsCommand,
  ListPlaybackKeyPairsCommand,
  ListStreamSessionsCommand,
  ListStreamsCommand,
  StopStreamCommand,
} from "@aws-sdk/client-ivs";
import { CreateRoomCommand, IvschatClient, ListRoomsCommand } from "@aws-sdk/client-ivschat";
import { CreateBucketCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import {
  type CloudProcess,
  newFolder,
  type ReadyCloud,
  removeFolder,
  startProcess,
  whenReady,
} from "../fixture/own-process.ts";
import type { Push } from "../media/rtmp/fixture/push.ts";
import { type BusEvent, eventQueue, namesOf } from "./fixture/event-queue.ts";
import { killCloud, lendFfmpeg } from "./fixture/killable-cloud.ts";
import { sendClip } from "./fixture/send-clip.ts";
import { createSigner } from "./fixture/tokens.ts";

let folder = "";
let running: CloudProcess | undefined;
let cloud: ReadyCloud;
let encoder: Push | undefined;

beforeAll(async () => {
  folder = newFolder();
  await lendFfmpeg(folder);
  await start();
});
afterAll(async () => {
  await killEverything();
  removeFolder(folder);
});

const start = async () => {
  running = startProcess(folder, ["--port", "0", "--rates", "none", "--insecure-ingest", "everywhere"]);
  cloud = await whenReady(folder, running);
};

const killEverything = async () => {
  if (running) await killCloud(folder, running);
  running = undefined;
  encoder?.process.kill("SIGKILL");
  await encoder?.ended;
};

const clients = () => {
  const options = { endpoint: cloud.endpoint, region: cloud.region, credentials: cloud.keys, maxAttempts: 1 };
  return {
    ivs: new IvsClient(options),
    chat: new IvschatClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
  };
};

const events = () => eventQueue(cloud, "all");

/** Waits for a save that nobody asked for and that holds what was done before. */
const untilSaved = async (since = new Date().toISOString()) => {
  await vi.waitFor(
    async () => {
      const health = await (await fetch(`${cloud.endpoint}/_onair/health`)).json();
      expect(health.saved?.savedAt > since).toBe(true);
    },
    { timeout: 15_000, interval: 100 },
  );
};

const goLive = async (channelArn: string | undefined, streamKey: string | undefined) => {
  encoder = await sendClip(`${cloud.rtmpUrl}/${streamKey}`);
  const { ivs } = clients();
  const { stream } = await vi.waitFor(() => ivs.send(new GetStreamCommand({ channelArn })), 20_000);
  return stream?.streamId;
};

/** A channel that is recorded, its key, a room, a key pair. */
const furnish = async () => {
  const { ivs, chat, s3 } = clients();
  await s3.send(new CreateBucketCommand({ Bucket: "recordings" }));
  const { recordingConfiguration } = await ivs.send(
    new CreateRecordingConfigurationCommand({ destinationConfiguration: { s3: { bucketName: "recordings" } } }),
  );
  await sleep(600);
  const recordingConfigurationArn = recordingConfiguration?.arn;
  const { channel, streamKey } = await ivs.send(new CreateChannelCommand({ name: "stage", recordingConfigurationArn }));
  const room = await chat.send(new CreateRoomCommand({ name: "stage" }));
  const { publicKey } = await createSigner();
  const pair = await ivs.send(new ImportPlaybackKeyPairCommand({ publicKeyMaterial: publicKey }));
  return { channelArn: channel?.arn, streamKey: streamKey?.value, roomArn: room.arn, pairArn: pair.keyPair?.arn };
};

const documentOf = async (key: string) => {
  const { Body } = await clients().s3.send(new GetObjectCommand({ Bucket: "recordings", Key: key }));
  return JSON.parse((await Body?.transformToString()) ?? "");
};

const of =
  (streamId: string | undefined) =>
  ({ detail }: BusEvent) =>
    detail.stream_id === streamId;
const prefixIn = (told: readonly BusEvent[], streamId: string | undefined, status: string) =>
  told.filter(of(streamId)).find(({ detail }) => detail.recording_status === status)?.detail.recording_s3_key_prefix;

it("a cloud that is killed while live and recording has everything at its next start, and tells what ended", async () => {
  const { channelArn, streamKey, roomArn, pairArn } = await furnish();
  const queue = await events().open({ source: ["aws.ivs"], "detail-type": [{ prefix: "IVS " }] });
  const first = await goLive(channelArn, streamKey);
  const began = await queue.until((told) => prefixIn(told, first, "Recording Start") !== undefined);
  await clients().ivs.send(new StopStreamCommand({ channelArn }));
  await queue.until((told) => prefixIn(told, first, "Recording End") !== undefined);
  await encoder?.ended;
  const second = await goLive(channelArn, streamKey);
  await queue.until((told) => prefixIn(told, second, "Recording Start") !== undefined);
  await untilSaved();
  await killEverything();

  const killed = new Date().toISOString();
  await start();
  // What the start itself has ended is saved too: a cloud that is killed again does not tell it twice.
  await untilSaved(killed);
  const { ivs, chat } = clients();
  const told = await events().queue.until((later) =>
    ["Session Ended", "Stream End", "Recording End"].every((name) => namesOf(later.filter(of(second))).includes(name)),
  );
  expect((await ivs.send(new ListChannelsCommand({}))).channels?.map(({ arn }) => arn)).toEqual([channelArn]);
  expect((await ivs.send(new ListPlaybackKeyPairsCommand({}))).keyPairs?.map(({ arn }) => arn)).toEqual([pairArn]);
  expect((await chat.send(new ListRoomsCommand({}))).rooms?.map(({ arn }) => arn)).toEqual([roomArn]);
  expect((await ivs.send(new ListStreamsCommand({}))).streams).toEqual([]);

  const { streamSessions = [] } = await ivs.send(new ListStreamSessionsCommand({ channelArn }));
  expect(streamSessions.map(({ streamId, endTime }) => [streamId, endTime !== undefined])).toEqual([
    [second, true],
    [first, true],
  ]);
  for (const [streamId, heard, status] of [
    [first, began, "Recording Start"],
    [second, told, "Recording End"],
  ] as const) {
    const prefix = prefixIn(heard, streamId, status);
    expect(await documentOf(`${prefix}/events/recording-ended.json`)).toMatchObject({
      recording_status: "RECORDING_ENDED",
      channel_arn: channelArn,
      media: { hls: { duration_ms: expect.any(Number), playlist: "master.m3u8" } },
    });
  }

  // The same key opens the channel again.
  expect(await goLive(channelArn, streamKey)).not.toBe(second);
});
