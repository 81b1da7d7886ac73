import * as v from "valibot";
import type { Page, PageRequest } from "#domain/profiles/profile.ts";
import { cursorText, readCursor, writeCursor } from "./cursor.ts";
import type { Key } from "./keys.ts";
import { readPage } from "./query.ts";
import type { Item, Table } from "./table.ts";

/** Rows under one partition key whose sort keys begin alike. */
export interface List<Row> {
  /** What their keys begin with. */
  readonly prefix: Key;
  /** By the sort key. @default false */
  readonly isNewestFirst?: boolean;
  /** `undefined` for a row that is not to be shown. */
  readonly row: (item: Item) => Row | undefined;
}

/** A page of a list. @throws CursorError */
export function readList<Row>(table: Table, list: List<Row>, { limit, cursor }: PageRequest): Promise<Page<Row>> {
  const { prefix, isNewestFirst = false, row } = list;
  const last = cursor === undefined ? undefined : readCursor(cursor, v.strictTuple([cursorText]))[0];
  const query = {
    condition: "#pk = :pk AND begins_with(#sk, :sk)",
    values: { ":pk": prefix.pk, ":sk": prefix.sk },
    isNewestFirst,
    after: last === undefined ? undefined : { pk: prefix.pk, sk: prefix.sk + last },
  };
  return readPage(table, query, limit, { row, cursor: ({ sk }) => writeCursor([String(sk).slice(prefix.sk.length)]) });
}
