import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateChannelCommand, IvsClient, ListChannelsCommand } from "@aws-sdk/client-ivs";
import { CreateRoomCommand, IvschatClient } from "@aws-sdk/client-ivschat";
import { CreateBucketCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Amazon, amazon } from "#__tests__/local/fixture/amazon.ts";
import { client, type OwnCloud, startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import type { Keys } from "#__tests__/local/fixture/signature.ts";
import { decisionsOf, usedActions } from "#__tests__/support/iam/decisions.ts";
import { judgeRoles } from "#__tests__/support/iam/in-vain.ts";
import { ruleOf } from "#__tests__/support/iam/sdk-calls.ts";

const TableName = "rows";
const Bucket = "iam-pictures";
const key = { pk: "a", sk: "b" };
let own: OwnCloud;
let asRoot: Amazon;
let QueueUrl: string;

beforeAll(async () => {
  own = await startOwnCloud({ recordDecisions: true });
  asRoot = amazon(own.cloud.endpoint, own.root);
  const options = client(own.cloud, own.root);
  const string = (AttributeName: string) => ({ AttributeName, AttributeType: "S" as const });
  await new DynamoDBClient(options).send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [string("pk"), string("sk"), string("live")],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "live",
          KeySchema: [{ AttributeName: "live", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
  await new S3Client({ ...options, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket }));
  QueueUrl = String((await new SQSClient(options).send(new CreateQueueCommand({ QueueName: "work" }))).QueueUrl);
});
afterAll(() => own[Symbol.asyncDispose]());

const rows = (keys: Keys) => DynamoDBDocumentClient.from(new DynamoDBClient(client(own.cloud, keys)));
const bucket = (keys: Keys) => new S3Client({ ...client(own.cloud, keys), forcePathStyle: true });
const ivs = (keys: Keys) => new IvsClient(client(own.cloud, keys));
const chat = (keys: Keys) => new IvschatClient(client(own.cloud, keys));
const queue = (keys: Keys) => new SQSClient(client(own.cloud, keys));

const DYNAMODB = "@aws-sdk/lib-dynamodb";
const Put = { TableName, Item: key };
const Update = { TableName, Key: key, UpdateExpression: "SET live = :yes", ExpressionAttributeValues: { ":yes": "y" } };
const ConditionCheck = { TableName, Key: { pk: "c", sk: "c" }, ConditionExpression: "attribute_not_exists(pk)" };
const tags = { "onair:user": "somebody" };
const byIndex = { IndexName: "live", KeyConditionExpression: "live = :y", ExpressionAttributeValues: { ":y": "y" } };

type Case = [
  packageName: string,
  name: string,
  input: Readonly<Record<string, unknown>>,
  send: (keys: Keys) => Promise<unknown>,
];

const cases: readonly Case[] = [
  [DYNAMODB, "PutCommand", {}, (keys) => rows(keys).send(new PutCommand(Put))],
  [DYNAMODB, "GetCommand", {}, (keys) => rows(keys).send(new GetCommand({ TableName, Key: key }))],
  [DYNAMODB, "UpdateCommand", {}, (keys) => rows(keys).send(new UpdateCommand(Update))],
  [DYNAMODB, "DeleteCommand", {}, (keys) => rows(keys).send(new DeleteCommand({ TableName, Key: key }))],
  [DYNAMODB, "QueryCommand", {}, (keys) => rows(keys).send(new QueryCommand({ TableName, ...byIndex }))],
  [
    DYNAMODB,
    "BatchGetCommand",
    {},
    (keys) => rows(keys).send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [key] } } })),
  ],
  [
    DYNAMODB,
    "BatchWriteCommand",
    {},
    (keys) =>
      rows(keys).send(new BatchWriteCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: key } }] } })),
  ],
  [
    DYNAMODB,
    "TransactWriteCommand",
    { TransactItems: [{ Update }, { ConditionCheck }] },
    (keys) => rows(keys).send(new TransactWriteCommand({ TransactItems: [{ Update }, { ConditionCheck }] })),
  ],
  [
    DYNAMODB,
    "TransactWriteCommand",
    { TransactItems: [{ Put }, { Delete: {} }] },
    (keys) =>
      rows(keys).send(
        new TransactWriteCommand({ TransactItems: [{ Put }, { Delete: { TableName, Key: { pk: "d", sk: "d" } } }] }),
      ),
  ],
  [
    "@aws-sdk/client-sqs",
    "SendMessageCommand",
    {},
    (keys) => queue(keys).send(new SendMessageCommand({ QueueUrl, MessageBody: "a", DelaySeconds: 5 })),
  ],
  [
    "@aws-sdk/client-sqs",
    "SendMessageBatchCommand",
    {},
    (keys) => queue(keys).send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: "1", MessageBody: "a" }] })),
  ],
  [
    "@aws-sdk/client-ivs",
    "CreateChannelCommand",
    { tags },
    (keys) => ivs(keys).send(new CreateChannelCommand({ tags })),
  ],
  ["@aws-sdk/client-ivs", "CreateChannelCommand", {}, (keys) => ivs(keys).send(new CreateChannelCommand({}))],
  ["@aws-sdk/client-ivs", "ListChannelsCommand", {}, (keys) => ivs(keys).send(new ListChannelsCommand({}))],
  [
    "@aws-sdk/client-ivschat",
    "CreateRoomCommand",
    { tags },
    (keys) => chat(keys).send(new CreateRoomCommand({ tags })),
  ],
  [
    "@aws-sdk/client-s3",
    "PutObjectCommand",
    {},
    (keys) => bucket(keys).send(new PutObjectCommand({ Bucket, Key: "one", Body: "1" })),
  ],
  [
    "@aws-sdk/client-s3",
    "HeadObjectCommand",
    {},
    (keys) => bucket(keys).send(new HeadObjectCommand({ Bucket, Key: "one" })),
  ],
  [
    "@aws-sdk/s3-presigned-post",
    "createPresignedPost",
    {},
    async (keys) => {
      const { url, fields } = await createPresignedPost(bucket(keys), { Bucket, Key: "posted" });
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set("file", new Blob(["picture"]));
      expect((await fetch(url, { method: "POST", body: form })).status).toBe(204);
    },
  ],
];

const roleName = (index: number) => `caller-${index}`;

describe("the table of calls", () => {
  it.each(cases.map(([packageName, name, input, send], index) => ({ packageName, name, input, send, index })))(
    "names what the local cloud asks for on $name, case $index",
    async ({ packageName, name, input, send, index }) => {
      const actions = ruleOf(packageName, name)?.of(input) ?? [];
      const may = [{ Sid: "Call", Effect: "Allow", Action: actions, Resource: "*" }];
      const keys = await asRoot.assume(await asRoot.role(roleName(index), may));
      await send(keys);
      expect([...(usedActions(own.folder).get(roleName(index)) ?? [])].sort()).toEqual([...actions].sort());
    },
  );
});

/** A function that reads a row with the SDK, and deletes one where it is told to. */
const source = `
import { DynamoDBClient, DeleteItemCommand, GetItemCommand } from "@aws-sdk/client-dynamodb";
const client = new DynamoDBClient({});
const row = { TableName: "rows", Key: { pk: { S: "a" }, sk: { S: "b" } } };
export const handler = ({ deletes }) => client.send(deletes ? new DeleteItemCommand(row) : new GetItemCommand(row));
`;

const bundled = () =>
  buildSync({
    stdin: { contents: source, resolveDir: import.meta.dirname },
    ...{ bundle: true, platform: "node", format: "cjs", write: false, logLevel: "silent" },
  }).outputFiles[0]?.text ?? "";

describe("what a function may do", () => {
  const table = "arn:aws:dynamodb:us-east-1:000000000000:table/rows";
  const grant = (sid: string, action: string, resource: string) => ({ role: "reader", sid, action, resource });
  const grants = [
    grant("Read", "dynamodb:GetItem", table),
    grant("Read", "dynamodb:Query", table),
    grant("QueryIndexes", "dynamodb:Query", `${table}/index/live`),
    grant("WriteLog", "logs:PutLogEvents", "arn:aws:logs:us-east-1:000000000000:log-group:reader:log-stream:*"),
  ];

  it("is compared with what it did under its role", async () => {
    const policy = grants.map(({ action, resource }) => ({ Effect: "Allow", Action: action, Resource: resource }));
    await asRoot.function("reader", await asRoot.role("reader", policy), bundled());
    expect((await asRoot.invoke("reader")).failed).toBe(false);
    expect(judgeRoles(grants, decisionsOf(own.folder))).toEqual({
      inVain: [
        `reader: dynamodb:Query on ${table} (Read)`,
        `reader: dynamodb:Query on ${table}/index/live (QueryIndexes)`,
      ],
      missing: [],
      needless: [],
    });

    expect((await asRoot.invoke("reader", { deletes: true })).failed).toBe(true);
    const { missing } = judgeRoles(grants, decisionsOf(own.folder));
    expect(missing).toEqual([`reader: dynamodb:DeleteItem on ${table}`]);
  });
});
