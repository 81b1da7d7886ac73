import * as v from "valibot";
import type { LiveOrder, PageRequest } from "#domain/profiles/profile.ts";
import { cursorNumber, cursorText, readCursor, writeCursor } from "./cursor.ts";
import { indexes, keys } from "./keys.ts";
import { ownerOfName } from "./owners.ts";
import { profileOf } from "./profile-row.ts";
import { type Query, readPage } from "./query.ts";
import type { Item, Table } from "./table.ts";

const orders = {
  newest: { index: indexes.liveNewest, sort: "stateAt" },
  "most-watched": { index: indexes.liveWatched, sort: "watched" },
} as const;

/** An account whose deletion was asked for is shown no more, though its stream may take a moment to end. */
const listedProfileOf = (item: Item) => (item.listed === undefined ? undefined : profileOf(item));

/**
 * Where a list of channels on air goes on. Many channels have the same viewers, so the place is a row's; a cursor names
 * it by the channel's public name, as it may not tell who the owner is. When nobody has the name any more, the list goes
 * on with all that sort as it did, rather than leave some out.
 */
async function goOn(
  table: Table,
  order: LiveOrder,
  cursor: string,
): Promise<Pick<Query, "condition" | "values" | "after">> {
  const { sort } = orders[order];
  const [value, name] = readCursor(cursor, v.strictTuple([cursorNumber, cursorText]));
  const sub = await ownerOfName(table, name);
  return sub === undefined
    ? { condition: `#live = :live AND #${sort} <= :sort`, values: { ":live": "live", ":sort": value } }
    : {
        condition: "#live = :live",
        values: { ":live": "live" },
        after: { ...keys.account(sub), live: "live", [sort]: value },
      };
}

/** Channels on air. @throws CursorError */
export async function readLiveProfiles(table: Table, order: LiveOrder, { limit, cursor }: PageRequest) {
  const { index, sort } = orders[order];
  const first = { condition: "#live = :live", values: { ":live": "live" } };
  const place = cursor === undefined ? first : await goOn(table, order, cursor);
  return readPage(table, { index, isNewestFirst: true, ...place }, limit, {
    row: listedProfileOf,
    cursor: (item) => writeCursor([Number(item[sort]), String(item.name)]),
  });
}

/** Channels that are complete, by name. @throws CursorError */
export async function readListedProfiles(table: Table, { limit, cursor }: PageRequest) {
  const isListed = { condition: "#listed = :listed", values: { ":listed": "listed" } };
  // Names are unique, so a place is a name.
  const place =
    cursor === undefined
      ? isListed
      : {
          condition: `${isListed.condition} AND #name > :name`,
          values: { ...isListed.values, ":name": readCursor(cursor, v.strictTuple([cursorText]))[0] },
        };
  return readPage(table, { index: indexes.listed, ...place }, limit, {
    row: profileOf,
    cursor: ({ name }) => writeCursor([String(name)]),
  });
}
