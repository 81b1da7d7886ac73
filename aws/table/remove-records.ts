import type { Belongings } from "#domain/accounts/ports.ts";
import { createAccountStore } from "./account-store.ts";
import { removeRows } from "./batches.ts";
import { type Key, keys, lists } from "./keys.ts";
import { readAll } from "./query.ts";
import type { Table } from "./table.ts";

const keysAtATime = 25;

/** Most rows that one call removes, so that it ends well within a worker's time. */
const mostRows = 1000;

/** All rows of a partition after a sort key. */
const after = ({ pk, sk }: Key) => ({ condition: "#pk = :pk AND #sk > :sk", values: { ":pk": pk, ":sk": sk } });

/** All rows of a list. */
const inList = ({ pk, sk }: Key) =>
  sk === ""
    ? { condition: "#pk = :pk", values: { ":pk": pk } }
    : { condition: "#pk = :pk AND begins_with(#sk, :sk)", values: { ":pk": pk, ":sk": sk } };

/**
 * Further rows of a user that go with the account: bans, moderation audit, webhook and failed deliveries, the counts of
 * calls, the session history of the channel and the versions of its viewers' sessions, the senders in slow mode of the
 * room. The account's own row and those that point at it stay: they go together, last of all.
 */
export function createRecords(table: Table): Belongings {
  const accounts = createAccountStore(table);
  return {
    async removeSome(sub) {
      const account = await accounts.read(sub);
      const queries = [
        after(keys.account(sub)),
        inList(lists.usage(sub)),
        ...(account?.channelArn === undefined
          ? []
          : [inList(lists.sessions(account.channelArn)), inList(lists.viewers(account.channelArn))]),
        ...(account?.roomArn === undefined ? [] : [inList(lists.senders(account.roomArn))]),
      ];
      let removed = 0;
      for (const query of queries) {
        for await (const items of readAll(table, { ...query, fields: ["pk", "sk"] }, keysAtATime)) {
          if (removed >= mostRows) return "more";
          await removeRows(table, items as unknown as readonly Key[]);
          removed += items.length;
        }
      }
      return "all";
    },
  };
}
