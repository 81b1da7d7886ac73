import { setTimeout as sleep } from "node:timers/promises";
import type { DynamoDBClient, TableDescription } from "@aws-sdk/client-dynamodb";
import {
  CreateTableCommand,
  DescribeTableCommand,
  ResourceInUseException,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import type { Outcome } from "./state-backend.ts";
import { StateBackendError } from "./state-backend.ts";

/** The key that Terraform's S3 backend writes; no other works. */
export const lockKey = "LockID";
const pollMilliseconds = 500;

/** How long a table may take to become ACTIVE; seconds are usual. */
const tableTimeoutMilliseconds = 180_000;

/**
 * Makes the table that holds Terraform's locks, or finds it made, and waits until it can be written to.
 * Safe to call again after having been ended at any point.
 *
 * @throws StateBackendError TABLE_UNFIT when a table of that name has another key, or does not become ACTIVE in time
 */
export async function ensureLockTable(dynamodb: DynamoDBClient, table: string): Promise<Outcome> {
  const outcome = (await describe(dynamodb, table)) ? "present" : await create(dynamodb, table);
  const deadline = performance.now() + tableTimeoutMilliseconds;
  for (;;) {
    const description = await describe(dynamodb, table);
    if (description) refuseOtherKey(table, description);
    if (description?.TableStatus === "ACTIVE") return outcome;
    if (performance.now() > deadline) {
      throw new StateBackendError(
        "TABLE_UNFIT",
        `Table ${table} is ${description?.TableStatus ?? "absent"} after ${tableTimeoutMilliseconds / 1000} s, not ACTIVE.`,
      );
    }
    await sleep(pollMilliseconds);
  }
}

async function describe(dynamodb: DynamoDBClient, table: string): Promise<TableDescription | undefined> {
  try {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: table }));
    return Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function create(dynamodb: DynamoDBClient, table: string): Promise<Outcome> {
  try {
    await dynamodb.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: lockKey, AttributeType: "S" }],
        KeySchema: [{ AttributeName: lockKey, KeyType: "HASH" }],
      }),
    );
    return "created";
  } catch (error) {
    // Made in the meantime by another run.
    if (error instanceof ResourceInUseException) return "present";
    throw error;
  }
}

function refuseOtherKey(table: string, { KeySchema = [] }: TableDescription): void {
  const keys = KeySchema.map(({ AttributeName }) => AttributeName);
  if (keys.length === 1 && keys[0] === lockKey) return;
  throw new StateBackendError("TABLE_UNFIT", `Table ${table} has the key ${keys.join(" + ")}, not ${lockKey}.`);
}
