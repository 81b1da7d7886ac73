import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand } from "@aws-sdk/client-s3";
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

/**
 * Reads both locks of a state, the table's item and the object beside the state, and returns one that is held.
 * Undefined means that both are free.
 */
export async function readStateLock(
  { s3, dynamodb }: Pick<StateBackendClients, "s3" | "dynamodb">,
  { bucket, table, key }: StateBackend,
): Promise<StateLock | undefined> {
  const [item, object] = await Promise.all([
    dynamodb.send(
      new GetItemCommand({ TableName: table, Key: { LockID: { S: `${bucket}/${key}` } }, ConsistentRead: true }),
    ),
    s3.send(new GetObjectCommand({ Bucket: bucket, Key: `${key}.tflock` })).then(
      ({ Body }) => Body?.transformToString(),
      (error: Error) => {
        if (error.name === "NoSuchKey") return undefined;
        throw error;
      },
    ),
  ]);
  const written = item.Item?.Info?.S ?? object;
  return written === undefined ? undefined : parseStateLock(written);
}

/** Reads the JSON that Terraform stores as a lock. */
export function parseStateLock(text: string): StateLock {
  const lock = JSON.parse(text) as { ID?: string; Operation?: string; Who?: string; Created?: string };
  return { id: lock.ID ?? "", operation: lock.Operation ?? "", who: lock.Who ?? "", created: lock.Created ?? "" };
}
