import { isDeepStrictEqual } from "node:util";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { LiveRow, LiveRows } from "#domain/live-state/live-row.ts";
import { getRows } from "./batches.ts";
import { writeIf } from "./conditional.ts";
import { updateOf } from "./expressions.ts";
import { indexes, keys } from "./keys.ts";
import { liveAttributes, liveRowOf } from "./live-row.ts";
import { ownerOfChannel } from "./owners.ts";
import { readAll } from "./query.ts";
import type { Item, Table } from "./table.ts";

/** A write decides on the row that it read, and makes none: the channel must still be its account's. */
const isAsRead = (channelArn: string, version: number) => ({
  expression:
    version === 0
      ? "#channelArn = :ifChannelArn AND (attribute_not_exists(#stateVersion) OR #stateVersion = :ifVersion)"
      : "#channelArn = :ifChannelArn AND #stateVersion = :ifVersion",
  values: { ":ifChannelArn": channelArn, ":ifVersion": version },
});

/** The live states, which accounts' rows hold. `find` sees every write that was answered, `live` nearly all. */
export function createLiveRows(table: Table): LiveRows {
  const { client, tableName } = table;
  // A channel is its user's for as long as there is one, and the write asks again.
  const owners = new Map<string, string>();
  const rowsOf = (items: readonly Item[]): LiveRow[] =>
    items.flatMap((item) => {
      const row = liveRowOf(item);
      if (row !== undefined) owners.set(row.channelArn, String(item.sub));
      return row ?? [];
    });
  const rowsAt = async (subs: readonly string[]) => rowsOf(await getRows(table, subs.map(keys.account)));
  return {
    async find(channelArns) {
      const pointers = await getRows(table, [...new Set(channelArns)].map(keys.channel));
      return rowsAt(pointers.map(({ sub }) => String(sub)));
    },

    async *live() {
      const query = { index: indexes.liveNewest, condition: "#live = :live", values: { ":live": "live" } };
      for await (const items of readAll(table, query)) yield rowsOf(items);
    },

    async write(row, ifVersion) {
      const sub = owners.get(row.channelArn) ?? (await ownerOfChannel(table, row.channelArn));
      if (sub === undefined) return false;
      const condition = isAsRead(row.channelArn, ifVersion);
      const update = updateOf(table, keys.account(sub), liveAttributes(row), condition);
      if (await writeIf(() => client.send(new UpdateCommand(update)))) return true;
      // The SDK repeats a call whose answer was lost, and the repetition finds the version that it wrote itself.
      return isDeepStrictEqual(await rowsAt([sub]), [row]);
    },

    async lastWalk() {
      const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: keys.walk }));
      return Item?.start ?? 0;
    },

    async rememberWalk(start) {
      const condition = {
        expression: "attribute_not_exists(#start) OR #start < :ifStart",
        values: { ":ifStart": start },
      };
      await writeIf(() => client.send(new UpdateCommand(updateOf(table, keys.walk, { start }, condition))));
    },
  };
}
