import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateDeliveryStreamCommand, FirehoseClient } from "@aws-sdk/client-firehose";
import { CreateLoggingConfigurationCommand, type DestinationConfiguration } from "@aws-sdk/client-ivschat";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { DeleteMessageRequest, SendMessageRequest } from "amazon-ivs-chat-messaging";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCOUNT, REGION } from "../clients/emulator.ts";
import { type ChatCloud, startChatCloud } from "./fixture.ts";

const STREAM = "chat";
let cloud: ChatCloud;
let s3: S3Client;
let logs: CloudWatchLogsClient;
let room: string;
/** The record of the message, then that of its deletion. */
let expected: unknown[];

const configuration = async (destinationConfiguration: DestinationConfiguration) =>
  (await cloud.api.send(new CreateLoggingConfigurationCommand({ destinationConfiguration }))).arn ?? "";

const objects = async (Bucket: string) => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  return Promise.all(
    Contents.map(async ({ Key = "" }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return { key: Key, body: Buffer.from((await Body?.transformToByteArray()) ?? []) };
    }),
  );
};

const parsed = (text: string) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

beforeAll(async () => {
  cloud = await startChatCloud({ logWaits: { s3: 500, cloudWatchLogs: 500, firehose: 500 } });
  const { options } = cloud.emulator;
  s3 = new S3Client(options);
  for (const Bucket of ["archive", "warehouse"]) await s3.send(new CreateBucketCommand({ Bucket }));
  logs = new CloudWatchLogsClient(options);
  await logs.send(new CreateLogGroupCommand({ logGroupName: "/chat" }));
  const role = await cloud.account.role("firehose", [{ Effect: "Allow", Action: "s3:*", Resource: "*" }]);
  await new FirehoseClient(options).send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: STREAM,
      Tags: [{ Key: "LogDeliveryEnabled", Value: "true" }],
      ExtendedS3DestinationConfiguration: { BucketARN: "arn:aws:s3:::warehouse", RoleARN: role },
    }),
  );
  const identifiers = [
    await configuration({ s3: { bucketName: "archive" } }),
    await configuration({ cloudWatchLogs: { logGroupName: "/chat" } }),
    await configuration({ firehose: { deliveryStreamName: STREAM } }),
  ];
  // Logging begins once the configurations are active.
  await sleep(600);
  room = await cloud.createRoom({ loggingConfigurationIdentifiers: identifiers });

  const guest = await cloud.enter(room, "viewer-1", { attributes: { badge: "gold" } });
  const { id } = await guest.room.sendMessage(new SendMessageRequest("Grüße 👋", { colour: "red" }));
  await guest.room.deleteMessage(new DeleteMessageRequest(id, "spam"));
  const common = { version: "1.0", event_timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) };
  const times = { RequestId: expect.any(String), SendTime: expect.any(String) };
  const sender = { UserId: "viewer-1", Attributes: { badge: "gold" } };
  const attributes = { MessageID: id, MessageId: id, Reason: "spam" };
  expected = [
    {
      ...common,
      type: "MESSAGE",
      payload: {
        Type: "MESSAGE",
        Id: id,
        Content: "Grüße 👋",
        Attributes: { colour: "red" },
        Sender: sender,
        ...times,
      },
    },
    {
      ...common,
      type: "EVENT",
      payload: {
        ...{ Type: "EVENT", Id: expect.any(String), EventName: "aws:DELETE_MESSAGE", Attributes: attributes, ...times },
      },
    },
  ];
});
afterAll(() => cloud?.[Symbol.asyncDispose]());

describe("what is said in a logged room", () => {
  it("stands in S3, packed, below the room's folder of the hour", async () => {
    await expect.poll(() => objects("archive"), { timeout: 10_000 }).toHaveLength(1);
    const [object] = await objects("archive");
    const id = room.split("/")[1];
    const folder = `AWSLogs/${ACCOUNT}/IVSChatLogs/1\\.0/${REGION}/room_${id}/\\d{4}/\\d\\d/\\d\\d/\\d\\d`;
    const name = `${ACCOUNT}_IVSChatLogs_1\\.0_${REGION}_room_${id}_\\d{8}T\\d{4}Z_\\w+\\.log\\.gz`;
    expect(object?.key).toMatch(new RegExp(`^${folder}/${name}$`));
    expect(parsed(gunzipSync(object?.body ?? "").toString("utf8"))).toEqual(expected);
  });

  it("stands in the room's log stream", async () => {
    const stream = { logGroupName: "/chat", logStreamName: `aws/IVSChatLogs/1.0/room_${room.split("/")[1]}` };
    const messages = async () => {
      const { events = [] } = await logs.send(new GetLogEventsCommand(stream)).catch(() => ({ events: [] }));
      return events.map(({ message = "" }) => JSON.parse(message));
    };
    await expect.poll(messages, { timeout: 10_000 }).toEqual(expected);
  });

  it("comes through the delivery stream into its bucket, a record a line", async () => {
    // The emulator makes an object of each record, in no order.
    const lines = async () =>
      (await objects("warehouse"))
        .flatMap(({ body }) => parsed(body.toString("utf8")))
        .toSorted((one, other) => one.payload.SendTime.localeCompare(other.payload.SendTime));
    await expect.poll(lines, { timeout: 10_000 }).toEqual(expected);
  });

  it("is put when chat stops, however little of it there is", async () => {
    await using other = await startChatCloud({ logWaits: { s3: 600_000 } });
    const otherS3 = new S3Client(other.emulator.options);
    await otherS3.send(new CreateBucketCommand({ Bucket: "archive" }));
    const { arn = "" } = await other.api.send(
      new CreateLoggingConfigurationCommand({ destinationConfiguration: { s3: { bucketName: "archive" } } }),
    );
    await sleep(600);
    const guest = await other.enter(await other.createRoom({ loggingConfigurationIdentifiers: [arn] }), "viewer-1");
    await guest.room.sendMessage(new SendMessageRequest("last words"));
    await other.chat.stop();
    const { Contents } = await otherS3.send(new ListObjectsV2Command({ Bucket: "archive" }));
    expect(Contents).toHaveLength(1);
  });

  it("is reported by the destination's name where that is gone", async () => {
    const identifier = await configuration({ s3: { bucketName: "no-such-bucket" } });
    await sleep(600);
    const guest = await cloud.enter(
      await cloud.createRoom({ loggingConfigurationIdentifiers: [identifier] }),
      "viewer-1",
    );
    await guest.room.sendMessage(new SendMessageRequest("hidden words"));
    const reported = expect.stringMatching(/^Chat logs cannot be put to bucket no-such-bucket of room \w{12}, account/);
    await expect.poll(() => cloud.emulator.lines, { timeout: 10_000 }).toContainEqual(reported);
    expect(cloud.emulator.lines.join("\n")).not.toContain("hidden words");
  });
});
