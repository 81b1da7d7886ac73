import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateChannelCommand, IvsClient, ListChannelsCommand } from "@aws-sdk/client-ivs";
import { CreateRoomCommand, IvschatClient, ListRoomsCommand } from "@aws-sdk/client-ivschat";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { amazon } from "../fixture/amazon.ts";
import {
  type CloudProcess,
  leftovers,
  newFolder,
  type ReadyCloud,
  removeFolder,
  startProcess,
  whenReady,
} from "../fixture/own-process.ts";
import { descendantsOf } from "../fixture/processes.ts";

let folder = "";
let running: CloudProcess | undefined;

beforeEach(() => {
  folder = newFolder();
});
afterEach(async () => {
  await killEverything();
  removeFolder(folder);
});

const start = async (): Promise<ReadyCloud> => {
  // As many calls as the tests like.
  running = startProcess(folder, ["--port", "0", "--rates", "none"]);
  return whenReady(folder, running);
};

/** The cloud, the emulator and every function at once, without a moment to save. */
const killEverything = async () => {
  const pid = running?.child.pid;
  if (pid === undefined) return;
  for (const victim of [pid, ...descendantsOf(pid)]) process.kill(victim, "SIGKILL");
  await running?.ended;
  running = undefined;
  expect(await leftovers(folder)).toEqual([]);
};

const clients = ({ endpoint, keys, region }: ReadyCloud) => {
  const options = { endpoint, region, credentials: keys, maxAttempts: 1 };
  return {
    s3: new S3Client(options),
    dynamodb: new DynamoDBClient(options),
    ivs: new IvsClient(options),
    chat: new IvschatClient(options),
    account: amazon(endpoint, keys),
  };
};

const save = async ({ endpoint }: ReadyCloud) => {
  const answer = await fetch(`${endpoint}/_onair/save`, { method: "POST" });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { number: number; savedAt: string };
};

const film = { Bucket: "films", Key: "a/b c" };
const user = { id: { S: "ana" }, photo: { B: Uint8Array.from([0, 255]) } };

/** Makes one of each, and returns what must be found again. */
const fill = async (cloud: ReadyCloud) => {
  const { s3, dynamodb, ivs, chat, account } = clients(cloud);
  await s3.send(new CreateBucketCommand({ Bucket: "films" }));
  await s3.send(new PutObjectCommand({ ...film, Body: "first", Metadata: { by: "ana" } }));
  await dynamodb.send(
    new CreateTableCommand({
      TableName: "users",
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    }),
  );
  await dynamodb.send(new PutItemCommand({ TableName: "users", Item: user }));
  const key = await account.kms("CreateKey", { KeySpec: "ECC_NIST_P384", KeyUsage: "SIGN_VERIFY" });
  const { KeyId } = key.KeyMetadata as { KeyId: string };
  const { PublicKey } = await account.kms("GetPublicKey", { KeyId });
  const { channel } = await ivs.send(new CreateChannelCommand({ name: "house" }));
  const room = await chat.send(new CreateRoomCommand({ name: "lobby" }));
  const role = await account.role("greeting", [{ Effect: "Allow", Action: "logs:*", Resource: "*" }]);
  await account.function("greeting", role, "exports.handler = async () => 'hello';");
  return { KeyId, PublicKey, channel: channel?.arn, room: room.arn };
};

const expectAll = async (cloud: ReadyCloud, made: Awaited<ReturnType<typeof fill>>) => {
  const { s3, dynamodb, ivs, chat, account } = clients(cloud);
  const object = await s3.send(new GetObjectCommand(film));
  expect([await object.Body?.transformToString(), object.Metadata]).toEqual(["first", { by: "ana" }]);
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: "users", Key: { id: { S: "ana" } } }));
  expect(Item).toEqual(user);
  expect((await account.kms("GetPublicKey", { KeyId: made.KeyId })).PublicKey).toBe(made.PublicKey);
  expect((await ivs.send(new ListChannelsCommand({}))).channels?.map(({ arn }) => arn)).toEqual([made.channel]);
  expect((await chat.send(new ListRoomsCommand({}))).rooms?.map(({ arn }) => arn)).toEqual([made.room]);
  expect((await account.invoke("greeting")).payload).toBe("hello");
};

describe("after everything was killed", () => {
  it("all that was saved is there: object, item, key, channel, room, function", async () => {
    const first = await start();
    const made = await fill(first);
    const { number } = await save(first);
    expect(number).toBeGreaterThan(0);
    await killEverything();
    await expectAll(await start(), made);
  });

  it("all that was done some seconds before is there, as it is saved in a while", async () => {
    const first = await start();
    const made = await fill(first);
    const saved = async () =>
      ((await (await fetch(`${first.endpoint}/_onair/health`)).json()) as { saved: { savedAt: string } | null }).saved;
    const filled = new Date().toISOString();
    while (((await saved())?.savedAt ?? "") < filled) await new Promise((resolve) => setTimeout(resolve, 100));
    await killEverything();
    await expectAll(await start(), made);
  });

  it("what was done after the last save is gone as a whole, and the saved object is the old one", async () => {
    const first = await start();
    const { s3, ivs } = clients(first);
    await s3.send(new CreateBucketCommand({ Bucket: "films" }));
    await s3.send(new PutObjectCommand({ ...film, Body: "saved" }));
    await s3.send(new PutObjectCommand({ Bucket: "films", Key: "deleted later", Body: "saved" }));
    await save(first);
    await s3.send(new PutObjectCommand({ ...film, Body: "not saved" }));
    await s3.send(new DeleteObjectCommand({ Bucket: "films", Key: "deleted later" }));
    await ivs.send(new CreateChannelCommand({ name: "not-saved" }));
    await killEverything();
    const again = clients(await start());
    const text = async (Key: string) =>
      (await again.s3.send(new GetObjectCommand({ Bucket: "films", Key }))).Body?.transformToString();
    expect([await text(film.Key), await text("deleted later")]).toEqual(["saved", "saved"]);
    expect((await again.ivs.send(new ListChannelsCommand({}))).channels).toEqual([]);
  });

  it("the newest generation is damaged: it says so, and takes the one before", async () => {
    const first = await start();
    const { s3 } = clients(first);
    await s3.send(new CreateBucketCommand({ Bucket: "films" }));
    await s3.send(new PutObjectCommand({ ...film, Body: "first" }));
    await save(first);
    await s3.send(new PutObjectCommand({ ...film, Body: "second" }));
    const { number } = await save(first);
    await killEverything();
    const newest = join(folder, "generations", String(number).padStart(8, "0"));
    rmSync(join(newest, "ministack", "state", "s3.json"));
    writeFileSync(join(newest, "ministack", "state", "s3.json"), "{}");
    const again = await start();
    expect(running?.errors()).toContain(
      `Saved generation ${number} cannot be used: ministack/state/s3.json is damaged.`,
    );
    expect(await (await clients(again).s3.send(new GetObjectCommand(film))).Body?.transformToString()).toBe("first");
  });
});

describe("saving", () => {
  it("while many write loses no request, tears no object, and keeps three generations", async () => {
    const cloud = await start();
    const { s3, ivs } = clients(cloud);
    await s3.send(new CreateBucketCommand({ Bucket: "films" }));
    const bodies = Array.from({ length: 120 }, (_, index) => String(index).repeat(2000 + index));
    const writing = Promise.all(
      bodies.map(async (Body, index) => {
        await s3.send(new PutObjectCommand({ Bucket: "films", Key: `film-${index}`, Body }));
        await ivs.send(new CreateChannelCommand({ name: `channel-${index}` }));
      }),
    );
    for (let saves = 0; saves < 5; saves += 1) await save(cloud);
    await writing;
    await save(cloud);
    expect(readdirSync(join(folder, "generations"))).toHaveLength(3);
    await killEverything();

    const again = clients(await start());
    const read = async (index: number) =>
      (await again.s3.send(new GetObjectCommand({ Bucket: "films", Key: `film-${index}` }))).Body?.transformToString();
    for (const [index, body] of bodies.entries()) expect(await read(index)).toBe(body);
    const { channels } = await again.ivs.send(new ListChannelsCommand({ maxResults: 100 }));
    expect(channels).toHaveLength(100);
  });
});
