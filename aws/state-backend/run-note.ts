import { DeleteItemCommand, type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { lockKey } from "./lock-table.ts";
import type { StateBackend } from "./state-backend.ts";

/** What somebody is about to do to a state. Terraform's lock says who holds it, not which commit is carried out. */
export interface RunNote {
  /** `user@machine`, as Terraform says it in its lock. */
  readonly who: string;
  /** 40 or 64 hexadecimal figures. */
  readonly commit: string;
  /** Whether files differed from it. */
  readonly dirty: boolean;
  /** When it was written, before the lock is asked for; ISO 8601. */
  readonly since: string;
}

/** Beside the lock, in its table: one of each person and machine. */
const keyOf = ({ bucket, key }: StateBackend, who: string) => ({ [lockKey]: { S: `${bucket}/${key}@${who}` } });

/** Takes the place of an earlier one of the same person and machine. */
export async function writeRunNote(dynamodb: DynamoDBClient, backend: StateBackend, note: RunNote): Promise<void> {
  const { who, commit, dirty, since } = note;
  const Item = { ...keyOf(backend, who), Commit: { S: commit }, Dirty: { BOOL: dirty }, Since: { S: since } };
  await dynamodb.send(new PutItemCommand({ TableName: backend.table, Item }));
}

/** Undefined where there is none. */
export async function readRunNote(
  dynamodb: DynamoDBClient,
  backend: StateBackend,
  who: string,
): Promise<RunNote | undefined> {
  const get = { TableName: backend.table, Key: keyOf(backend, who), ConsistentRead: true };
  const { Item } = await dynamodb.send(new GetItemCommand(get));
  const { Commit, Dirty, Since } = Item ?? {};
  if (Commit?.S === undefined || Since?.S === undefined) return undefined;
  return { who, commit: Commit.S, dirty: Dirty?.BOOL ?? false, since: Since.S };
}

/** @param since when it was written; one of another run is left alone. @default whenever */
export async function removeRunNote(
  dynamodb: DynamoDBClient,
  backend: StateBackend,
  who: string,
  since?: string,
): Promise<void> {
  const remove = new DeleteItemCommand({
    TableName: backend.table,
    Key: keyOf(backend, who),
    ...(since !== undefined && {
      ConditionExpression: "Since = :since",
      ExpressionAttributeValues: { ":since": { S: since } },
    }),
  });
  await dynamodb.send(remove).catch((error: Error) => {
    if (error.name !== "ConditionalCheckFailedException") throw error;
  });
}
