import { readBucketSafety, readTableSafety } from "#aws/operator/state-home.ts";
import type { StateBackendClients } from "#aws/state-backend/state-backend.ts";
import { readLockHalves } from "#aws/state-backend/state-lock.ts";
import { lockLines } from "../lock/show.ts";
import type { StackState } from "../lock/states.ts";
import { check, type Finding, fail, ok, warn } from "./finding.ts";

const bootstrap = "Run npm run bootstrap: the stack state says how both should be.";
/** No apply of ours takes so long. */
const HOUR = 3_600_000;

/** Where Terraform keeps its state, and its locks. */
export function checkStateHome(
  { s3, dynamodb }: StateBackendClients,
  states: readonly StackState[],
  now: number,
): Promise<Finding>[] {
  const [first] = states;
  if (first === undefined) return [];
  const { bucket, table } = first.backend;
  return [
    check("state bucket", async () => {
      const { isVersioned, encryption, isClosed } = await readBucketSafety(s3, bucket);
      const faults = [
        ...(isVersioned ? [] : ["not versioned"]),
        ...(encryption === undefined ? ["not encrypted"] : []),
        ...(isClosed ? [] : ["open to the public"]),
      ];
      const seen = `${bucket}: versioned, ${encryption}, closed to the public`;
      return faults.length === 0
        ? ok("state bucket", seen)
        : fail("state bucket", `${bucket}: ${faults.join(", ")}`, bootstrap);
    }),
    check("lock table", async () => {
      const { keys, isRestorable } = await readTableSafety(dynamodb, table);
      if (keys.join() !== "LockID") return fail("lock table", `${table} has the key ${keys.join(" + ")}`, bootstrap);
      return isRestorable
        ? ok("lock table", `${table}: key LockID, can be restored`)
        : warn("lock table", `${table} cannot be restored to a point in time`, bootstrap);
    }),
    check("locks", async () => {
      const read = states.map(async ({ stack, backend }) =>
        lockLines(stack, await readLockHalves({ s3, dynamodb }, backend)),
      );
      const held = (await Promise.all(read)).flat();
      const [oldest] = held.sort((one, other) => one.since.localeCompare(other.since));
      if (oldest === undefined) return ok("locks", "no state is locked");
      const { stack, who, since, id } = oldest;
      const age = now - Date.parse(since);
      const seen = `${who} holds the lock of ${stack} since ${since}`;
      const cure = `Ask them; if that run is gone: onair lock release ${id}`;
      return age > HOUR ? fail("locks", seen, cure) : warn("locks", seen, cure);
    }),
  ];
}
