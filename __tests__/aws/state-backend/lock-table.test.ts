import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { ensureLockTable } from "#aws/state-backend/lock-table.ts";
import { type Answer, playService, type SentRequest } from "./recorded-server.ts";

const json = (status: number, body: unknown): Answer => ({ status, body: JSON.stringify(body) });
const absent = json(400, { __type: "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", message: "absent" });
const table = (TableStatus: string, key = "LockID") =>
  json(200, { Table: { TableStatus, KeySchema: [{ AttributeName: key, KeyType: "HASH" }] } });

const operation = ({ headers }: SentRequest) => String(headers["x-amz-target"]).split(".")[1];

async function ensure(descriptions: Answer[], create: Answer = json(200, {})) {
  await using dynamodb = await playService((request) =>
    operation(request) === "CreateTable" ? create : (descriptions.shift() ?? absent),
  );
  const client = new DynamoDBClient({
    region: "eu-west-1",
    endpoint: dynamodb.endpoint,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  try {
    return { outcome: await ensureLockTable(client, "locks"), sent: dynamodb.sent };
  } catch (thrown) {
    return { thrown: thrown as Error & { code?: string }, sent: dynamodb.sent };
  } finally {
    client.destroy();
  }
}

test("makes an absent table with the key that Terraform writes, and waits until it can be used", async () => {
  const { outcome, sent } = await ensure([absent, table("CREATING"), table("ACTIVE")]);
  expect(outcome).toBe("created");
  expect(sent.map(operation)).toEqual(["DescribeTable", "CreateTable", "DescribeTable", "DescribeTable"]);
  expect(JSON.parse(sent[1]?.body ?? "")).toEqual({
    TableName: "locks",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "LockID", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "LockID", KeyType: "HASH" }],
  });
});

test("waits for a table that an earlier run has only begun to make", async () => {
  const { outcome, sent } = await ensure([table("CREATING"), table("CREATING"), table("ACTIVE")]);
  expect(outcome).toBe("present");
  expect(sent.map(operation)).not.toContain("CreateTable");
});

test("goes on where another run makes the table at the same time", async () => {
  const inUse = json(400, { __type: "com.amazonaws.dynamodb.v20120810#ResourceInUseException", message: "exists" });
  expect((await ensure([absent, table("ACTIVE")], inUse)).outcome).toBe("present");
});

test("refuses a table with another key", async () => {
  const { thrown } = await ensure([table("ACTIVE", "id"), table("ACTIVE", "id")]);
  expect(thrown).toMatchObject({ code: "TABLE_UNFIT", message: "Table locks has the key id, not LockID." });
});
