import { readStateResources } from "#aws/state-backend/read-state.ts";
import { listStateKeys, removeProtectedTable, removeVersionedBucket } from "#aws/state-backend/remove-state-home.ts";
import { readStateLock } from "#aws/state-backend/state-lock.ts";
import { type Backend, stateKey } from "#settings/backend.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { DestroyClients } from "./clients.ts";

/**
 * Removes the bucket and the table that hold Terraform's state and locks. Terraform cannot: its own state is in them, and
 * both are protected in its configuration. So the SDK does, once no state in the bucket says of anything that it is there.
 *
 * @throws CliError STATE_IN_USE, LOCK_HELD
 */
export async function removeStateHome(
  terminal: Terminal,
  { state: clients }: DestroyClients,
  environment: string,
  { bucket, dynamodb_table: table, region }: Backend,
): Promise<void> {
  const own = stateKey(environment, "state");
  await terminal.step("Look whether a state is still needed", async () => {
    const keys = await listStateKeys(clients.s3, bucket);
    for (const key of keys.filter((one) => one !== own)) {
      if ((await readStateResources(clients, { bucket, key })).length > 0) throw inUse(bucket, key);
    }
    for (const key of keys) {
      const held = await readStateLock(clients, { bucket, table, region, key }).catch(unlessNoTable);
      if (held !== undefined) throw locked(key, held.who);
    }
    return { value: undefined, summary: `${keys.length} in it` };
  });
  await terminal.step(`Take the protection off table ${table}, and remove it`, async () => {
    await removeProtectedTable(clients.dynamodb, table);
    return { value: undefined };
  });
  await terminal.step(`Remove bucket ${bucket} with all versions`, async () => {
    await removeVersionedBucket(clients.s3, bucket);
    return { value: undefined };
  });
}

/** An earlier run was ended between the two. */
const unlessNoTable = (error: unknown): undefined => {
  if (!(error instanceof Error) || error.name !== "ResourceNotFoundException") throw error;
};

const inUse = (bucket: string, key: string): CliError =>
  new CliError(
    "STATE_IN_USE",
    `Bucket ${bucket} holds the state of something that is there: ${key}.`,
    "Bucket and table were left as they are.",
    "Destroy that first, then the same again.",
  );

const locked = (key: string, who: string): CliError =>
  new CliError(
    "LOCK_HELD",
    `${key} is locked by ${who}.`,
    "Bucket and table were left as they are.",
    "See: onair lock show",
  );
