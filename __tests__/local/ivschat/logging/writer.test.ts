import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { CreateLoggingConfigurationCommand, type DestinationConfiguration } from "@aws-sdk/client-ivschat";
import { describe, expect, onTestFinished, test } from "vitest";
import { objectKey } from "#local/ivschat/logging/destination.ts";
import { recordOf } from "#local/ivschat/logging/record.ts";
import { createChatLogWriter, type LogCalls } from "#local/ivschat/logging/writer.ts";
import type { LoggingConfiguration } from "#local/ivschat/logging-configuration.ts";
import { startRooms } from "../messaging/fixture.ts";

const accountId = "111122223333";
const region = "us-west-2";
const roomArn = `arn:aws:ivschat:${region}:${accountId}:room/abc123DEF456`;
const place = expect.objectContaining({ accountId, region });

const configurationTo = (destinationConfiguration: DestinationConfiguration) =>
  ({ destinationConfiguration }) as LoggingConfiguration;
const bucket = configurationTo({ s3: { bucketName: "chat-logs" } });
const group = configurationTo({ cloudWatchLogs: { logGroupName: "chat" } });
const stream = configurationTo({ firehose: { deliveryStreamName: "chat" } });

const time = Date.parse("2022-10-14T17:40:21.345Z");
const recordNumber = (index: number, filling = "") =>
  recordOf({ Type: "MESSAGE", Id: String(index), Content: filling } as { Type: "MESSAGE" }, time + index);
const entry = (index: number, filling?: string) => ({ roomArn, record: recordNumber(index, filling) });

/** A writer whose calls are written down; `refuse` says which of them fail, and why. */
const startWriter = (refuse: (call: string) => string | undefined = () => undefined) => {
  const calls: [string, ...unknown[]][] = [];
  const reports: string[] = [];
  const call =
    (name: string) =>
    async (...parameters: unknown[]) => {
      const refusal = refuse(name);
      calls.push([refusal ? `refused ${name}` : name, ...parameters]);
      if (refusal) throw new Error(refusal);
    };
  const logCalls: LogCalls = {
    putObject: call("putObject"),
    createLogStream: call("createLogStream"),
    putLogEvents: call("putLogEvents"),
    putRecordBatch: call("putRecordBatch"),
  };
  const waits = { s3: 20, cloudWatchLogs: 20, firehose: 20 };
  const writer = createChatLogWriter(logCalls, (line) => reports.push(line), waits);
  onTestFinished(writer.stop);
  return { writer, calls, reports, names: () => calls.map(([name]) => name) };
};

/** The records of a call of PutRecordBatch, as text. */
const recordsOf = (call: readonly unknown[] | undefined) => ((call?.[3] ?? []) as Buffer[]).map(String);

type PutObject = [string, unknown, { bucketName: string; key: string; body: Buffer }];

describe("S3", () => {
  test("gets an object with a line for each record", async () => {
    const { writer, calls } = startWriter();
    for (const index of [0, 1]) writer.write(bucket, entry(index));
    await expect.poll(() => calls).toHaveLength(1);
    const [[, where, { bucketName, key, body }]] = calls as [PutObject];
    expect([where, bucketName]).toEqual([place, "chat-logs"]);
    expect(gunzipSync(body).toString()).toBe(
      [0, 1].map((index) => `${JSON.stringify(recordNumber(index))}\n`).join(""),
    );
    expect(JSON.parse(gunzipSync(body).toString().split("\n")[0] ?? "")).toEqual({
      event_timestamp: "2022-10-14T17:40:21.345Z",
      type: "MESSAGE",
      payload: { Type: "MESSAGE", Id: "0", Content: "" },
      version: "1.0",
    });
    const folder = "AWSLogs/111122223333/IVSChatLogs/1.0/us-west-2/room_abc123DEF456/2022/10/14/17";
    const name = "111122223333_IVSChatLogs_1.0_us-west-2_room_abc123DEF456_20221014T1740Z_";
    expect(key).toMatch(new RegExp(`^${folder}/${name}[0-9a-f]{8}\\.log\\.gz$`));
  });

  test("gets another name for what is written in the same minute", () => {
    const room = { id: "abc123DEF456", accountId, region };
    const keys = ["one", "two"].map((text) => objectKey(room, "2022-10-14T17:40:21.345Z", Buffer.from(text)));
    expect(new Set(keys).size).toBe(2);
  });

  test("gets an object of its own for each room", async () => {
    const { writer, calls } = startWriter();
    writer.write(bucket, entry(0));
    writer.write(bucket, { ...entry(1), roomArn: roomArn.replace("abc", "xyz") });
    await writer.flush();
    const keys = (calls as PutObject[]).map(([, , { key }]) => key.split("/")[5]);
    expect(keys).toEqual(["room_abc123DEF456", "room_xyz123DEF456"]);
  });
});

describe("CloudWatch Logs", () => {
  const target = { logGroupName: "chat", logStreamName: "aws/IVSChatLogs/1.0/room_abc123DEF456" };

  test("gets a stream for the room, once, and the records as events", async () => {
    const { writer, calls } = startWriter();
    for (const index of [0, 1]) writer.write(group, entry(index));
    await writer.flush();
    writer.write(group, entry(2));
    await writer.flush();
    const event = (index: number) => ({ timestamp: time + index, message: JSON.stringify(recordNumber(index)) });
    expect(calls).toEqual([
      ["createLogStream", place, target],
      ["putLogEvents", place, target, [event(0), event(1)]],
      ["putLogEvents", place, target, [event(2)]],
    ]);
  });

  test("gets at most a megabyte at once, each event counted with 26 bytes more", async () => {
    const { writer, calls } = startWriter();
    for (let index = 0; index < 21; index += 1) writer.write(group, entry(index, "x".repeat(100_000)));
    await writer.flush();
    const sizes = calls.slice(1).map(([, , , events]) => (events as unknown[]).length);
    expect(sizes).toEqual([10, 10, 1]);
  });

  test("gets its stream again where the group was made anew", async () => {
    let isGone = false;
    const { writer, names } = startWriter((call) => (isGone && call === "putLogEvents" ? "no such stream" : undefined));
    writer.write(group, entry(0));
    await writer.flush();
    isGone = true;
    writer.write(group, entry(1));
    await writer.flush();
    isGone = false;
    await writer.flush();
    const both = ["createLogStream", "putLogEvents"];
    expect(names()).toEqual([...both, "refused putLogEvents", ...both]);
  });
});

test("Firehose gets a line for each record, at most 500 at once", async () => {
  const { writer, calls } = startWriter();
  for (let index = 0; index < 501; index += 1) writer.write(stream, entry(index));
  await writer.flush();
  expect(calls.map((call) => [...call.slice(0, 3), recordsOf(call).length])).toEqual([
    ["putRecordBatch", place, "chat", 500],
    ["putRecordBatch", place, "chat", 1],
  ]);
  expect(recordsOf(calls[1])).toEqual([`${JSON.stringify(recordNumber(500))}\n`]);
});

describe("a destination that fails", () => {
  test("is reported once, gets everything later in order, and holds up no other", async () => {
    let isBroken = true;
    const { writer, calls, reports } = startWriter((call) =>
      isBroken && call === "putRecordBatch" ? "NoSuchStream" : undefined,
    );
    writer.write(stream, entry(0));
    writer.write(group, entry(0));
    await writer.flush();
    writer.write(stream, entry(1));
    await writer.flush();
    await expect.poll(() => calls.filter(([name]) => name === "refused putRecordBatch").length).toBeGreaterThan(2);
    expect(reports).toEqual([
      "Chat logs cannot be put to delivery stream chat of room abc123DEF456, account 111122223333, us-west-2: NoSuchStream",
    ]);
    isBroken = false;
    const done = () => calls.filter(([name]) => name === "putRecordBatch");
    await expect.poll(done).toHaveLength(1);
    expect(recordsOf(done()[0]).map((record) => JSON.parse(record).payload.Id)).toEqual(["0", "1"]);
    expect(calls.filter(([name]) => name === "putLogEvents")).toHaveLength(1);
  });

  test("is given up, after one more try, when the cloud stops", async () => {
    const { writer, names } = startWriter(() => "NoSuchBucket");
    writer.write(bucket, entry(0));
    await writer.stop();
    expect(names()).toEqual(["refused putObject"]);
    await sleep(100);
    expect(names()).toEqual(["refused putObject"]);
  });

  test("loses the oldest when too many wait, and says so", async () => {
    const { writer, calls, reports } = startWriter((call) => (call === "putObject" ? "NoSuchBucket" : undefined));
    for (let index = 0; index <= 10_000; index += 1) writer.write(bucket, entry(index));
    await writer.flush();
    expect(reports[0]).toMatch(/^Chat logs for bucket chat-logs of room .* are lost: the oldest 5000 that waited$/);
    const [, , { body }] = calls[0] as PutObject;
    expect(JSON.parse(gunzipSync(body).toString().split("\n")[0] ?? "").payload.Id).toBe("5000");
  });
});

describe("a room's messages and events", () => {
  const message = { Action: "SEND_MESSAGE", RequestId: "r", Content: "hi" };
  const logTo = async (started: Awaited<ReturnType<typeof startRooms>>, destination: DestinationConfiguration) => {
    const command = new CreateLoggingConfigurationCommand({ destinationConfiguration: destination });
    return (await started.chat.send(command)).arn ?? "";
  };

  test("are logged as delivered, to each of the room's configurations", async () => {
    const started = await startRooms();
    const destinations = [{ s3: { bucketName: "logs" } }, { cloudWatchLogs: { logGroupName: "chat" } }];
    const arns = await Promise.all(destinations.map((destination) => logTo(started, destination)));
    const room = await started.createRoom({ loggingConfigurationIdentifiers: arns });
    const silent = await started.createRoom();
    const [ann, eve] = [await started.join(room), await started.join(silent)];
    eve.send(message);
    await eve.next();
    ann.send(message);
    ann.send({ Action: "DELETE_MESSAGE", Id: "AbCdEf123456" });
    const frames = [await ann.next(), await ann.next()];
    const expected = frames.flatMap((payload) => {
      const SendTime = String(payload.SendTime);
      const event_timestamp = new Date(SendTime).toISOString();
      const record = { event_timestamp, type: payload.Type, payload, version: "1.0" };
      return arns.map((arn) => [arn, { roomArn: room.arn, record }]);
    });
    expect(started.logged.map(({ configuration, entry }) => [configuration.arn, entry])).toEqual(expected);
  });

  test("are not logged when refused, nor before a configuration is active", async () => {
    let now = Date.now();
    const started = await startRooms({ now: () => now, chat: { now: () => now, settleMilliseconds: 500 } });
    const arn = await logTo(started, { s3: { bucketName: "logs" } });
    const room = await started.createRoom({ loggingConfigurationIdentifiers: [arn] });
    const ann = await started.join(room);
    ann.send(message);
    await ann.next();
    now += 500;
    ann.send({ ...message, Content: "" });
    await ann.next();
    expect(started.logged).toEqual([]);
    ann.send({ ...message, Content: "logged" });
    await ann.next();
    expect(started.logged.map(({ entry }) => entry.record.payload)).toMatchObject([{ Content: "logged" }]);
  });
});
