import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateChannelCommand, DeleteChannelCommand, GetChannelCommand, IvsClient } from "@aws-sdk/client-ivs";
import { CreateRoomCommand, GetRoomCommand, IvschatClient } from "@aws-sdk/client-ivschat";
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Amazon, amazon } from "../fixture/amazon.ts";
import { client, type OwnCloud, startOwnCloud } from "../fixture/own-cloud.ts";
import { call, type Keys, send, sign } from "../fixture/signature.ts";

const CHANNELS = "arn:aws:ivs:us-east-1:000000000000:channel/*";

let own: OwnCloud;
let account: Amazon;
/** May read objects below public/, the names of users, channels of its project, and no room. */
let viewer: Keys;
let ours: string | undefined;
let theirs: string | undefined;

const statements = [
  { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::films/public/*" },
  {
    Effect: "Allow",
    Action: "dynamodb:GetItem",
    Resource: "arn:aws:dynamodb:us-east-1:000000000000:table/users",
    Condition: { "ForAnyValue:StringEquals": { "dynamodb:Attributes": ["nickname"] } },
  },
  {
    Effect: "Allow",
    Action: "ivs:GetChannel",
    Resource: CHANNELS,
    Condition: { StringEquals: { "aws:ResourceTag/project": "onair" } },
  },
  {
    Effect: "Allow",
    Action: "ivs:CreateChannel",
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestTag/project": "onair" }, Bool: { "aws:SecureTransport": "true" } },
  },
  { Effect: "Allow", Action: "ivs:TagResource", Resource: CHANNELS },
];

const as = (keys: Keys) => client(own.cloud, keys);

beforeAll(async () => {
  own = await startOwnCloud();
  account = amazon(own.cloud.endpoint, own.root);
  const s3 = new S3Client(as(own.root));
  await s3.send(new CreateBucketCommand({ Bucket: "films" }));
  for (const Key of ["public/1", "private/1"]) await s3.send(new PutObjectCommand({ Bucket: "films", Key, Body: Key }));
  const dynamodb = new DynamoDBClient(as(own.root));
  await dynamodb.send(
    new CreateTableCommand({
      TableName: "users",
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    }),
  );
  const Item = { id: { S: "ana" }, nickname: { S: "Ana" }, mail: { S: "ana@example.com" } };
  await dynamodb.send(new PutItemCommand({ TableName: "users", Item }));
  const ivs = new IvsClient(as(own.root));
  ours = (await ivs.send(new CreateChannelCommand({ tags: { project: "onair" } }))).channel?.arn;
  theirs = (await ivs.send(new CreateChannelCommand({ tags: { project: "other" } }))).channel?.arn;
  viewer = await account.assume(await account.role("viewer", statements));
});
afterAll(() => own?.[Symbol.asyncDispose]());

describe("a role that may do some things", () => {
  it("reads the objects that its policy names, and no other", async () => {
    const s3 = new S3Client(as(viewer));
    const read = (Key: string) => s3.send(new GetObjectCommand({ Bucket: "films", Key }));
    expect(await (await read("public/1")).Body?.transformToString()).toBe("public/1");
    await expect(read("private/1")).rejects.toMatchObject({ name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
  });

  it("reads the attributes that its condition names, and no other, and writes nothing", async () => {
    const dynamodb = new DynamoDBClient(as(viewer));
    const Key = { id: { S: "ana" } };
    const read = (ProjectionExpression: string) =>
      dynamodb.send(new GetItemCommand({ TableName: "users", Key, ProjectionExpression }));
    const denied = { name: "AccessDeniedException" };
    expect((await read("nickname")).Item).toEqual({ nickname: { S: "Ana" } });
    await expect(read("mail")).rejects.toMatchObject(denied);
    await expect(dynamodb.send(new PutItemCommand({ TableName: "users", Item: Key }))).rejects.toMatchObject(denied);
  });

  it("sees the channels whose tag its condition names, and no other", async () => {
    const ivs = new IvsClient(as(viewer));
    expect((await ivs.send(new GetChannelCommand({ arn: ours }))).channel?.arn).toBe(ours);
    await expect(ivs.send(new GetChannelCommand({ arn: theirs }))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: `User: arn:aws:sts::000000000000:assumed-role/viewer/test is not authorized to perform: ivs:GetChannel on resource: ${theirs} because no identity-based policy allows the ivs:GetChannel action`,
      $metadata: { httpStatusCode: 403 },
    });
    await expect(ivs.send(new DeleteChannelCommand({ arn: ours }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });

  it("makes channels with the tag that its condition asks for, and no other", async () => {
    const ivs = new IvsClient(as(viewer));
    const made = await ivs.send(new CreateChannelCommand({ tags: { project: "onair" } }));
    expect(made.channel?.tags).toEqual({ project: "onair" });
    await expect(ivs.send(new CreateChannelCommand({}))).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  it("does nothing over plain HTTP where its condition asks for TLS", async () => {
    const wanted = {
      endpoint: own.cloud.endpoint,
      service: "ivs",
      path: "/CreateChannel",
      body: '{"tags":{"project":"onair"}}',
    };
    const plain = await call({ ...wanted, headers: { "x-onair-transport": "http" } }, viewer);
    expect([plain.status, plain.headers["x-amzn-errortype"]]).toEqual([403, "AccessDeniedException"]);
    expect((await call(wanted, viewer)).status).toBe(200);
  });

  it("sees no room, as nothing allows it", async () => {
    const { arn } = await new IvschatClient(as(own.root)).send(new CreateRoomCommand({}));
    await expect(new IvschatClient(as(viewer)).send(new GetRoomCommand({ identifier: arn }))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringMatching(
        / is not authorized to perform: ivschat:GetRoom on resource: arn:aws:ivschat:.+:room\//,
      ),
    });
  });

  it("is unknown without its session token", async () => {
    const { sessionToken: _, ...keys } = viewer;
    await expect(new IvsClient(as(keys)).send(new GetChannelCommand({ arn: ours }))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
  });

  it("cannot use a signature for another body", async () => {
    const wanted = {
      endpoint: own.cloud.endpoint,
      service: "ivs",
      path: "/GetChannel",
      body: JSON.stringify({ arn: theirs }),
    };
    const headers = sign({ ...wanted, body: JSON.stringify({ arn: ours }) }, viewer);
    const answer = await send({ ...wanted, headers });
    expect([answer.status, answer.headers["x-amzn-errortype"]]).toEqual([403, "InvalidSignatureException"]);
  });
});

describe("a bucket's policy that asks for TLS", () => {
  it("refuses over plain HTTP whom it lets in over TLS", async () => {
    const s3 = new S3Client(as(own.root));
    await s3.send(new CreateBucketCommand({ Bucket: "state" }));
    await s3.send(new PutObjectCommand({ Bucket: "state", Key: "1", Body: "state" }));
    const policy = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::state", "arn:aws:s3:::state/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    };
    await s3.send(new PutBucketPolicyCommand({ Bucket: "state", Policy: JSON.stringify(policy) }));
    const reader = await account.assume(
      await account.role("reader", [{ Effect: "Allow", Action: "s3:*", Resource: "*" }]),
    );
    const wanted = { endpoint: own.cloud.endpoint, service: "s3", method: "GET", path: "/state/1" };
    expect((await call(wanted, reader)).status).toBe(200);
    const plain = await call({ ...wanted, headers: { "x-onair-transport": "http" } }, reader);
    expect(plain.status).toBe(403);
    expect(plain.text).toContain("with an explicit deny in a resource-based policy");
  });
});

describe("a function", () => {
  it("may do what its role may, in the emulator and in our engines", async () => {
    const source = `
      const crypto = require("node:crypto");
      const sha = (text) => crypto.createHash("sha256").update(text).digest("hex");
      exports.handler = async ({ service, path, body }) => {
        const env = process.env, url = new URL(path, env.AWS_ENDPOINT_URL);
        const date = new Date().toISOString().replace(/[-:]|\\.\\d{3}/g, "");
        const scope = [date.slice(0, 8), env.AWS_REGION, service, "aws4_request"];
        const headers = { host: url.host, "x-amz-content-sha256": sha(body), "x-amz-date": date, "x-amz-security-token": env.AWS_SESSION_TOKEN };
        const names = Object.keys(headers).join(";");
        const lines = Object.entries(headers).map(([name, value]) => name + ":" + value + "\\n").join("");
        const canonical = ["POST", url.pathname, "", lines, names, sha(body)].join("\\n");
        const key = scope.reduce((key, part) => crypto.createHmac("sha256", key).update(part).digest(), "AWS4" + env.AWS_SECRET_ACCESS_KEY);
        const signature = crypto.createHmac("sha256", key).update(["AWS4-HMAC-SHA256", date, scope.join("/"), sha(canonical)].join("\\n")).digest("hex");
        const authorization = "AWS4-HMAC-SHA256 Credential=" + env.AWS_ACCESS_KEY_ID + "/" + scope.join("/") + ", SignedHeaders=" + names + ", Signature=" + signature;
        const answer = await fetch(url, { method: "POST", body, headers: { ...headers, authorization } });
        return { status: answer.status, text: await answer.text() };
      };`;
    const role = await account.role("listing", [{ Effect: "Allow", Action: "ivs:ListChannels", Resource: "*" }]);
    await account.function("listing", role, source);
    const invoke = async (service: string, path: string) =>
      (await account.invoke("listing", { service, path, body: "{}" })).payload as { status: number; text: string };
    expect((await invoke("ivs", "/ListChannels")).status).toBe(200);
    const denied = await invoke("ivschat", "/ListRooms");
    expect(denied.status).toBe(403);
    expect(denied.text).toContain(
      "User: arn:aws:sts::000000000000:assumed-role/listing/listing is not authorized to perform: ivschat:ListRooms",
    );
  });
});
