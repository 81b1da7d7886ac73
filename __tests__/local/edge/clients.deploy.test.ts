import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateChannelCommand, GetChannelCommand, IvsClient, ListChannelsCommand } from "@aws-sdk/client-ivs";
import { CreateRoomCommand, IvschatClient, ListRoomsCommand } from "@aws-sdk/client-ivschat";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPython } from "../../support/test-python.ts";
import { amazon } from "../fixture/amazon.ts";
import { client, type OwnCloud, startOwnCloud } from "../fixture/own-cloud.ts";
import { call, presign, send } from "../fixture/signature.ts";

let own: OwnCloud;
let s3: S3Client;

beforeAll(async () => {
  own = await startOwnCloud();
  s3 = new S3Client(client(own.cloud, own.root));
  await s3.send(new CreateBucketCommand({ Bucket: "films" }));
});
afterAll(() => own?.[Symbol.asyncDispose]());

const readText = async (key: string) =>
  (await s3.send(new GetObjectCommand({ Bucket: "films", Key: key }))).Body?.transformToString();

describe("the AWS SDK through the edge", () => {
  it("keeps the bytes of an object with an odd name", async () => {
    await s3.send(new PutObjectCommand({ Bucket: "films", Key: "a b/ü+%.txt", Body: "hello" }));
    expect(await readText("a b/ü+%.txt")).toBe("hello");
  });

  it("streams an object in signed chunks with a checksum behind them", async () => {
    const bytes = randomBytes(3_000_000);
    const body = Readable.from([bytes.subarray(0, 1_000_000), bytes.subarray(1_000_000)]);
    const put = { Bucket: "films", Key: "chunked", Body: body, ContentLength: bytes.length };
    await s3.send(new PutObjectCommand({ ...put, ChecksumAlgorithm: "SHA256" }));
    const read = await s3.send(new GetObjectCommand({ Bucket: "films", Key: "chunked" }));
    expect(bytes.equals(Buffer.from((await read.Body?.transformToByteArray()) ?? []))).toBe(true);
  });

  it("refuses to overwrite an object that is there, when asked", async () => {
    const put = { Bucket: "films", Key: "once", Body: "1", IfNoneMatch: "*" };
    await s3.send(new PutObjectCommand(put));
    await expect(s3.send(new PutObjectCommand(put))).rejects.toMatchObject({ name: "PreconditionFailed" });
  });

  it("writes and reads an item of a table", async () => {
    const dynamodb = new DynamoDBClient(client(own.cloud, own.root));
    await dynamodb.send(
      new CreateTableCommand({
        TableName: "users",
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      }),
    );
    const Item = { id: { S: "ana" }, n: { N: "1" } };
    await dynamodb.send(new PutItemCommand({ TableName: "users", Item }));
    expect((await dynamodb.send(new GetItemCommand({ TableName: "users", Key: { id: { S: "ana" } } }))).Item).toEqual(
      Item,
    );
  });

  it("makes a channel and a room in engines of ours", async () => {
    const ivs = new IvsClient(client(own.cloud, own.root));
    const { channel } = await ivs.send(new CreateChannelCommand({ name: "house" }));
    expect(channel?.arn).toMatch(/^arn:aws:ivs:us-east-1:000000000000:channel\/\w{12}$/);
    expect((await ivs.send(new GetChannelCommand({ arn: channel?.arn }))).channel?.name).toBe("house");
    const chat = new IvschatClient(client(own.cloud, own.root));
    const room = await chat.send(new CreateRoomCommand({ name: "lobby" }));
    expect((await chat.send(new ListRoomsCommand({}))).rooms?.map(({ arn }) => arn)).toEqual([room.arn]);
  });

  it("is told where IVS does not exist", async () => {
    const ivs = new IvsClient({ ...client(own.cloud, own.root), region: "eu-north-1" });
    await expect(ivs.send(new ListChannelsCommand({}))).rejects.toMatchObject({
      name: "UnknownEndpointException",
      message: expect.stringMatching(/^ivs does not exist in eu-north-1; it exists in us-east-1, /),
    });
  });

  it.each([
    ["an unknown key", { accessKeyId: "AKIAUNKNOWN000000000", secretAccessKey: "x" }, "UnrecognizedClientException"],
    ["a wrong secret", { accessKeyId: "000000000000", secretAccessKey: "x" }, "InvalidSignatureException"],
    ["a root key that web pages know", { accessKeyId: "test", secretAccessKey: "test" }, "InvalidSignatureException"],
  ])("is refused by our engines with %s", async (_, keys, name) => {
    await expect(new IvsClient(client(own.cloud, keys)).send(new ListChannelsCommand({}))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it("is refused by the emulator with a root key that web pages know", async () => {
    const guess = new S3Client(client(own.cloud, { accessKeyId: "test", secretAccessKey: "test" }));
    await expect(guess.send(new GetObjectCommand({ Bucket: "films", Key: "once" }))).rejects.toMatchObject({
      name: "SignatureDoesNotMatch",
    });
  });
});

describe("boto3 through the edge", () => {
  it("agrees on objects, tables, channels and rooms", async () => {
    const printed = await runPython("__tests__/local/edge/boto3-tour.py", [], own.cloud.environment);
    expect(JSON.parse(printed)).toEqual({
      object: "hello from boto3",
      presigned: "hello from boto3",
      tables: true,
      channel: "from boto3",
      denied: "UnrecognizedClientException",
    });
  });
});

describe("plain HTTP through the edge", () => {
  it("reads and writes with presigned addresses, and not with altered ones", async () => {
    const { endpoint } = own.cloud;
    const put = await fetch(presign(endpoint, "/films/presigned", own.root, "PUT"), {
      method: "PUT",
      body: "by address",
    });
    expect(put.status).toBe(200);
    const address = presign(endpoint, "/films/presigned", own.root);
    expect(await (await fetch(address)).text()).toBe("by address");
    expect((await fetch(address.replace(/.$/, (last) => (last === "0" ? "1" : "0")))).status).toBe(403);
    expect((await fetch(address.replace("/presigned", "/once"))).status).toBe(403);
  });

  it("does not read what Expect announces twice", async () => {
    const headers = { expect: "100-continue" };
    const written = await call(
      { endpoint: own.cloud.endpoint, service: "s3", method: "PUT", path: "/films/expected", headers, body: "whole" },
      own.root,
    );
    expect(written.status).toBe(200);
    expect(await readText("expected")).toBe("whole");
  });

  it("tells at once that a service is not there", async () => {
    const answer = await call({ endpoint: own.cloud.endpoint, service: "medialive", path: "/prod/channels" }, own.root);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toEqual({
      code: "NOT_EMULATED",
      message: "The local cloud has no medialive. It works on AWS; this call was not carried out.",
    });
  });

  it("keeps idle connections longer than Terraform's provider does", async () => {
    const { headers } = await send({
      endpoint: own.cloud.endpoint,
      method: "GET",
      path: "/_onair/health",
      headers: { connection: "keep-alive" },
    });
    expect(headers["keep-alive"]).toBe("timeout=120");
  });
});

describe("a function", () => {
  it("runs with its own role's keys, calls back to the edge, and sees no credential of ours", async () => {
    const account = amazon(own.cloud.endpoint, own.root);
    const role = await account.role("shows-environment", [{ Effect: "Allow", Action: "logs:*", Resource: "*" }]);
    await account.function("environment", role, "exports.handler = async () => process.env;", { COLOUR: "blue" });
    const { failed, payload } = await account.invoke("environment");
    expect(failed).toBe(false);
    const environment = payload as Record<string, string>;
    expect(environment).toMatchObject({
      COLOUR: "blue",
      AWS_ENDPOINT_URL: own.cloud.endpoint,
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/),
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    });
    expect(Object.values(environment)).not.toContain(own.root.secretAccessKey);
    expect(Object.keys(environment).filter((name) => /secret/i.test(name))).toEqual(["AWS_SECRET_ACCESS_KEY"]);
  });
});
