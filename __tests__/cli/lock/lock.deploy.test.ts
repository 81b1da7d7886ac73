import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { projectRoot } from "#cli/project.ts";
import { readBackend, stateKey } from "#settings/backend.ts";
import { clientOptions } from "../../support/deployed.ts";
import { makeStateHome } from "../../support/state-home.ts";
import { startOnair } from "../onair/fixture/onair-process.ts";
import { type OwnCloud, ownCloud } from "../onair/fixture/own-cloud.ts";

const { bucket, dynamodb_table: table } = readBackend(projectRoot, "dev", []);
const key = stateKey("dev", "platform");
const [mine, another] = ["715bd78b-a1da-9aa1-8074-75d3942e2b35", "00000000-a1da-9aa1-8074-75d3942e2b35"];

let own: OwnCloud;
let dynamodb: DynamoDBClient;
let s3: S3Client;

beforeAll(async () => {
  own = await ownCloud();
  dynamodb = new DynamoDBClient(clientOptions(own.cloud));
  s3 = new S3Client({ ...clientOptions(own.cloud), forcePathStyle: true });
});
afterAll(async () => {
  dynamodb.destroy();
  s3.destroy();
  await own[Symbol.asyncDispose]();
});

const info = (ID: string) =>
  JSON.stringify({ ID, Operation: "OperationTypeApply", Who: "ana@laptop", Created: new Date().toISOString() });
const lockItem = (id: string) =>
  dynamodb.send(
    new PutItemCommand({ TableName: table, Item: { LockID: { S: `${bucket}/${key}` }, Info: { S: info(id) } } }),
  );
const lockObject = (id: string) =>
  s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${key}.tflock`, Body: info(id) }));
const held = async () => {
  const item = await dynamodb.send(
    new GetItemCommand({ TableName: table, Key: { LockID: { S: `${bucket}/${key}` } } }),
  );
  const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${key}.tflock` }));
  return { item: item.Item !== undefined, object: KeyCount === 1 };
};
const lock = async (...args: readonly string[]) => {
  const { ended, output, errors } = startOnair(["lock", ...args, "--folder", own.folder]);
  return { code: await ended, output: output(), errors: errors() };
};

describe("onair lock, before there is a state", () => {
  it("says what is missing and what makes it", async () => {
    const { code, errors } = await lock("show");
    expect(code).toBe(1);
    expect(errors).toContain(`There is no state: bucket ${bucket} or table ${table} is missing.`);
    expect(errors).toContain("npm run bootstrap");
  });
});

describe("onair lock", () => {
  beforeAll(() => makeStateHome(own.cloud));
  beforeEach(() => Promise.all([lockItem(mine), lockObject(mine)]));

  it("shows who holds which lock, as a table and as JSON", async () => {
    expect((await lock("show")).output).toMatch(/^platform +ana@laptop +\d.* +apply +both +715bd78b-/m);
    expect(JSON.parse((await lock("show", "--json")).output)).toMatchObject({
      status: "ok",
      data: { locks: [{ stack: "platform", id: mine, who: "ana@laptop", halves: ["table", "object"] }] },
    });
  });

  it("shows which commit its holder carries out, and nobody's once it is released", async () => {
    const note = {
      LockID: { S: `${bucket}/${key}@ana@laptop` },
      Since: { S: new Date(Date.now() - 1000).toISOString() },
    };
    const Item = { ...note, Commit: { S: "0123456789abcdef0123456789abcdef01234567" }, Dirty: { BOOL: true } };
    await dynamodb.send(new PutItemCommand({ TableName: table, Item }));
    expect((await lock("show")).output).toMatch(/715bd78b-\S+ +0123456789ab and changes$/m);
    await lock("release", mine);
    await Promise.all([lockItem(mine), lockObject(mine)]);
    expect((await lock("show")).output).toMatch(/715bd78b-\S+ +unknown$/m);
  });

  it("releases both halves of the lock of that id", async () => {
    expect(await lock("release", mine)).toMatchObject({
      code: 0,
      output: "Released the lock of platform that ana@laptop held (both halves).\n",
    });
    expect(await held()).toEqual({ item: false, object: false });
  });

  it("releases the one half that a killed run left, and not the other of another run", async () => {
    await lockObject(another);
    expect((await lock("release", mine)).output).toContain("(the half in the table)");
    expect(await held()).toEqual({ item: false, object: true });
  });

  it("leaves a lock of another id alone", async () => {
    const { code, errors } = await lock("release", another);
    expect(code).toBe(1);
    expect(errors).toContain(`No state is locked by ${another}.`);
    expect(await held()).toEqual({ item: true, object: true });
  });

  it("asks for the id of what is to be released, and for none to show", async () => {
    expect((await lock("release")).errors).toContain("lock release needs the id of the lock.");
    expect((await lock("show", mine)).errors).toContain("lock show takes no id.");
  });
});
