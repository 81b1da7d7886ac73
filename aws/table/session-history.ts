import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { SessionEntry, SessionHistory } from "#domain/live-state/session-entry.ts";
import type { Page, PageRequest } from "#domain/profiles/profile.ts";
import { keys, lists } from "./keys.ts";
import { readList } from "./list.ts";
import { type Item, pick, type Table } from "./table.ts";

const fields = ["channelArn", "key", "kind", "name", "streamId", "at", "facts", "expiresAt"] as const;

const entryOf = (item: Item) => pick(item as unknown as SessionEntry, fields);

/** The session history's lines, beside the channel's pointer row. */
export const createSessionHistory = ({ client, tableName }: Table): SessionHistory => ({
  async add(entry) {
    const item = { ...keys.session(entry.channelArn, entry.key), ...entry };
    await client.send(new PutCommand({ TableName: tableName, Item: item }));
  },
});

/** A channel's session history, newest first. @throws CursorError */
export const readSessionEntries = (table: Table, channelArn: string, page: PageRequest): Promise<Page<SessionEntry>> =>
  readList(table, { prefix: lists.sessions(channelArn), isNewestFirst: true, row: entryOf }, page);
