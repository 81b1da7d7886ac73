import { inspect } from "node:util";
import { CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  GetLogEventsCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateDeliveryStreamCommand, FirehoseClient } from "@aws-sdk/client-firehose";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClients } from "#local/clients/clients.ts";
import { amazon } from "../fixture/amazon.ts";
import { ACCOUNT, type Emulator, PLACE, REGION, startEmulator } from "./emulator.ts";

let emulator: Emulator;
let s3: S3Client;

beforeAll(async () => {
  emulator = await startEmulator();
  emulator.open({});
  s3 = new S3Client(emulator.options);
  await s3.send(new CreateBucketCommand({ Bucket: "films" }));
});
afterAll(() => emulator?.[Symbol.asyncDispose]());

const readObject = async (Bucket: string, Key: string) => {
  const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return { text: await Body?.transformToString(), type: ContentType };
};

const object = { bucketName: "films", key: "ivs/v1/a b/ü.json", body: Buffer.from("{}"), contentType: "text/plain" };

describe("an engine's call of S3", () => {
  it("puts an object with its type, and replaces it", async () => {
    await emulator.clients.objects.put(PLACE, object);
    await emulator.clients.objects.put(PLACE, { ...object, body: Buffer.from("[]"), contentType: "application/json" });
    expect(await readObject("films", object.key)).toEqual({ text: "[]", type: "application/json" });
  });

  it("is refused by the code of S3 where there is no bucket", async () => {
    const put = emulator.clients.objects.put(PLACE, { ...object, bucketName: "no-such-bucket" });
    await expect(put).rejects.toMatchObject({ name: "NoSuchBucket" });
  });

  it("passes a bucket policy that refuses all but TLS", async () => {
    await s3.send(new CreateBucketCommand({ Bucket: "closed" }));
    const deny = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::closed", "arn:aws:s3:::closed/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [deny] });
    await s3.send(new PutBucketPolicyCommand({ Bucket: "closed", Policy }));
    await emulator.clients.objects.put(PLACE, { ...object, bucketName: "closed" });
    expect((await readObject("closed", object.key)).text).toBe("{}");
  });

  it("is refused another account's bucket", async () => {
    const put = emulator.clients.objects.put({ ...PLACE, accountId: "111122223333" }, object);
    await expect(put).rejects.toMatchObject({ name: "AccessDenied" });
  });

  it("says that something may have changed, also where it failed", async () => {
    const before = emulator.changes();
    await emulator.clients.objects.put(PLACE, object);
    await emulator.clients.objects.put(PLACE, { ...object, bucketName: "no-such-bucket" }).catch(() => {});
    expect(emulator.changes()).toBe(before + 2);
  });

  it("fails without the secret in the error where the emulator is gone", async () => {
    const ministack = { port: 1, secret: "hush-hush", call: emulator.ministack.call };
    const gone = createClients({ ministack, rootSecret: "hush-root", onChange: () => {} });
    const error = await gone.objects.put(PLACE, object).catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/hush/);
  });
});

describe("an engine's call of Lambda", () => {
  const invoke = (name: string, payload: unknown) =>
    emulator.clients.functions.invoke(`arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`, payload);

  beforeAll(async () => {
    const account = amazon(emulator.endpoint, emulator.keys);
    const role = await account.role("functions", [{ Effect: "Allow", Action: "logs:*", Resource: "*" }]);
    await account.function("echo", role, "exports.handler = async (event) => ({ got: event });");
    await account.function("broken", role, "exports.handler = async () => { throw new Error('no'); };");
  });

  it("resolves with the function's answer", async () => {
    expect(await invoke("echo", { text: "Grüße" })).toEqual({ got: { text: "Grüße" } });
  });

  it("fails where the function fails", async () => {
    await expect(invoke("broken", {})).rejects.toThrow(/^the function failed: \w+$/);
  });

  it("fails where there is no function", async () => {
    await expect(invoke("missing", {})).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

describe("an engine's call of CloudWatch Logs", () => {
  const stream = { logGroupName: "/ivs/chat", logStreamName: "aws/IVSChatLogs/1.0/room_abc" };

  it("makes a stream once, and puts events past the account's resource policy", async () => {
    const logs = new CloudWatchLogsClient(emulator.options);
    await logs.send(new CreateLogGroupCommand({ logGroupName: stream.logGroupName }));
    const nobody = { Effect: "Deny", Principal: "*", Action: "logs:*", Resource: "*" };
    const policyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [nobody] });
    await logs.send(new PutResourcePolicyCommand({ policyName: "nobody", policyDocument }));
    await emulator.clients.logs.createLogStream(PLACE, stream);
    await emulator.clients.logs.createLogStream(PLACE, stream);
    const timestamp = Date.now();
    await emulator.clients.logs.putLogEvents(PLACE, stream, [{ timestamp, message: "hello" }]);
    const { events } = await logs.send(new GetLogEventsCommand(stream));
    expect(events).toMatchObject([{ timestamp, message: "hello" }]);
  });

  it("is refused where there is no log group", async () => {
    const made = emulator.clients.logs.createLogStream(PLACE, { ...stream, logGroupName: "/none" });
    await expect(made).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

describe("an engine's call of Firehose", () => {
  it("brings records to the delivery stream's bucket", async () => {
    const firehose = new FirehoseClient(emulator.options);
    await firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: "chat",
        ExtendedS3DestinationConfiguration: {
          BucketARN: "arn:aws:s3:::films",
          RoleARN: `arn:aws:iam::${ACCOUNT}:role/functions`,
          Prefix: "firehose/",
          BufferingHints: { IntervalInSeconds: 1, SizeInMBs: 1 },
        },
      }),
    );
    await emulator.clients.deliveryStreams.putRecordBatch(PLACE, "chat", [Buffer.from("one\n"), Buffer.from("two\n")]);
    await expect
      .poll(async () => {
        const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "films", Prefix: "firehose/" }));
        const texts = await Promise.all(Contents.map(async ({ Key = "" }) => (await readObject("films", Key)).text));
        return texts.sort().join("");
      })
      .toBe("one\ntwo\n");
  });

  it("is refused where there is no delivery stream", async () => {
    const put = emulator.clients.deliveryStreams.putRecordBatch(PLACE, "none", [Buffer.from("one")]);
    await expect(put).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

describe("an engine's call of CloudWatch", () => {
  it("puts more values than one call takes", async () => {
    const time = Date.now() - 60_000;
    const values = Array.from({ length: 1500 }, () => ({
      name: "ConcurrentViews",
      value: 2,
      unit: "Count" as const,
      dimensions: { Channel: "abcdefghijkl" },
      time,
    }));
    await emulator.clients.metrics.put(PLACE, "AWS/IVS", values);
    const cloudWatch = new CloudWatchClient(emulator.options);
    const { Datapoints } = await cloudWatch.send(
      new GetMetricStatisticsCommand({
        Namespace: "AWS/IVS",
        MetricName: "ConcurrentViews",
        Dimensions: [{ Name: "Channel", Value: "abcdefghijkl" }],
        StartTime: new Date(time - 120_000),
        EndTime: new Date(time + 120_000),
        Period: 300,
        Statistics: ["Sum", "SampleCount"],
      }),
    );
    expect(Datapoints?.reduce((sum, { Sum = 0 }) => sum + Sum, 0)).toBe(3000);
  });
});
