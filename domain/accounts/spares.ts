import type { Account } from "./account.ts";
import type { AccountStore } from "./ports.ts";

/** A channel or a room that carries a user's tag. */
export interface TaggedResource {
  readonly arn: string;
  readonly sub: string;
}

/** All channels, or all rooms, that carry a user's tag of this environment. */
export interface TaggedResources {
  all(): AsyncIterable<readonly TaggedResource[]>;
  remove(arn: string): Promise<void>;
}

/**
 * Whether nobody needs it: the account names another one, or is gone. One that no row names yet is somebody's work in
 * progress, and one without any row is for a person to look at: the table may be a restored one.
 */
export function isSpare(arn: string, field: "channelArn" | "roomArn", account: Account | undefined): boolean {
  if (account === undefined) return false;
  const named = account[field];
  return account.stage === "deleted" || (named !== undefined && named !== arn);
}

/**
 * Removes what a worker made after its lease had run out, when it died before it could remove it itself. Answers with
 * how many went.
 */
export async function removeSpares(field: "channelArn" | "roomArn", resources: TaggedResources, store: AccountStore) {
  let removed = 0;
  for await (const page of resources.all()) {
    for (const { arn, sub } of page) {
      if (!isSpare(arn, field, await store.read(sub))) continue;
      await resources.remove(arn);
      removed++;
    }
  }
  return removed;
}
