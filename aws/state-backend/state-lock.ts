import { ConditionalCheckFailedException, DeleteItemCommand, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteObjectCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import { lockKey } from "./lock-table.ts";
import type { StateBackend, StateBackendClients } from "./state-backend.ts";

/** Who holds a state's lock, as Terraform wrote it down. */
export interface StateLock {
  readonly id: string;
  /** For example `OperationTypeApply`. */
  readonly operation: string;
  /** `user@machine`. */
  readonly who: string;
  /** As Terraform prints it. */
  readonly created: string;
}

/** The two locks of a state; a run that has both goes on, one that was killed may have left either. */
export interface LockHalves {
  /** The item in the DynamoDB table. */
  readonly table?: StateLock;
  /** The object beside the state. */
  readonly object?: StateLock;
}

type Clients = Pick<StateBackendClients, "s3" | "dynamodb">;

const itemKey = ({ bucket, key }: StateBackend) => ({ [lockKey]: { S: `${bucket}/${key}` } });
const objectKey = ({ key }: StateBackend) => `${key}.tflock`;

/** Reads both locks of a state. */
export async function readLockHalves({ s3, dynamodb }: Clients, backend: StateBackend): Promise<LockHalves> {
  const { bucket, table } = backend;
  const [item, object] = await Promise.all([
    dynamodb.send(new GetItemCommand({ TableName: table, Key: itemKey(backend), ConsistentRead: true })),
    s3.send(new GetObjectCommand({ Bucket: bucket, Key: objectKey(backend) })).then(
      ({ Body }) => Body?.transformToString(),
      (error: Error) => {
        if (error.name === "NoSuchKey") return undefined;
        throw error;
      },
    ),
  ]);
  const info = item.Item?.Info?.S;
  return {
    ...(info !== undefined && { table: parseStateLock(info) }),
    ...(object !== undefined && { object: parseStateLock(object) }),
  };
}

/** Reads both locks of a state, and returns one that is held. Undefined means that both are free. */
export async function readStateLock(clients: Clients, backend: StateBackend): Promise<StateLock | undefined> {
  const { table, object } = await readLockHalves(clients, backend);
  return table ?? object;
}

/**
 * Frees what a lock's id holds of a state, and leaves a lock of another id alone: it belongs to a run that goes on.
 *
 * @param id as Terraform printed it
 * @returns what was freed; nothing where no half has that id
 */
export async function releaseStateLock(clients: Clients, backend: StateBackend, id: string): Promise<LockHalves> {
  const { table, object } = await readLockHalves(clients, backend);
  const released = {
    ...(table?.id === id && (await releaseItem(clients, backend, id)) && { table }),
    ...(object?.id === id && { object }),
  };
  // S3 cannot ask for the lock's id while it deletes; a run that took it in this moment has the table's half as well.
  if (released.object) {
    await clients.s3.send(new DeleteObjectCommand({ Bucket: backend.bucket, Key: objectKey(backend) }));
  }
  return released;
}

async function releaseItem({ dynamodb }: Clients, backend: StateBackend, id: string): Promise<boolean> {
  const remove = new DeleteItemCommand({
    TableName: backend.table,
    Key: itemKey(backend),
    ConditionExpression: "contains(#info, :id)",
    ExpressionAttributeNames: { "#info": "Info" },
    ExpressionAttributeValues: { ":id": { S: `"ID":"${id}"` } },
  });
  try {
    await dynamodb.send(remove);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Reads the JSON that Terraform stores as a lock. */
export function parseStateLock(text: string): StateLock {
  const lock = JSON.parse(text) as { ID?: string; Operation?: string; Who?: string; Created?: string };
  return { id: lock.ID ?? "", operation: lock.Operation ?? "", who: lock.Who ?? "", created: lock.Created ?? "" };
}
