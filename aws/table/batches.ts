import { setTimeout as sleep } from "node:timers/promises";
import { BatchGetCommand, BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Key } from "./keys.ts";
import type { Item, Table } from "./table.ts";

/** BatchGetItem and BatchWriteItem take no more at once. */
const mostKeysToGet = 100;
const mostKeysToRemove = 25;
const mostTries = 8;
const firstWaitMilliseconds = 25;

/** The service left rows undone eight times in a row, with longer and longer waits. */
class TableBusyError extends Error {
  readonly code = "ERR_TABLE_BUSY";
}

/** Calls with all keys, then with those that were left undone. `call` answers with these. */
async function untilNoneIsLeft(keys: readonly Key[], atATime: number, call: (some: Key[]) => Promise<readonly Key[]>) {
  for (let start = 0; start < keys.length; start += atATime) {
    let left: readonly Key[] = keys.slice(start, start + atATime);
    for (let tries = 1; left.length > 0; tries++) {
      if (tries > mostTries) throw new TableBusyError(`${left.length} rows were left undone ${mostTries} times.`);
      if (tries > 1) await sleep(Math.random() * firstWaitMilliseconds * 2 ** tries);
      left = await call([...left]);
    }
  }
}

/** The rows of those keys that have one, in any order, as they are now. No key may be twice among them. */
export async function getRows({ client, tableName }: Table, keys: readonly Key[]): Promise<Item[]> {
  const rows: Item[] = [];
  await untilNoneIsLeft(keys, mostKeysToGet, async (some) => {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys: some, ConsistentRead: true } } }),
    );
    rows.push(...(Responses?.[tableName] ?? []));
    return (UnprocessedKeys?.[tableName]?.Keys ?? []) as Key[];
  });
  return rows;
}

/** Removes rows; one that is not there is removed already. */
export async function removeRows({ client, tableName }: Table, keys: readonly Key[]): Promise<void> {
  await untilNoneIsLeft(keys, mostKeysToRemove, async (some) => {
    const requests = some.map((key) => ({ DeleteRequest: { Key: key } }));
    const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
    return (UnprocessedItems?.[tableName] ?? []).flatMap(({ DeleteRequest }) => (DeleteRequest?.Key as Key) ?? []);
  });
}
