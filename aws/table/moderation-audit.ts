import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { AuditEntry, ModerationAudit } from "#domain/chat/ports.ts";
import { keys, lists } from "./keys.ts";
import { readList } from "./list.ts";
import { type Item, pick, type Table } from "./table.ts";

const fields = ["id", "at", "action", "by", "userId", "reason", "detail"] as const;

const entryOf = (item: Item) => pick(item as unknown as AuditEntry, fields);

/** What moderators did, kept as long as the account of the room's owner. */
export const createModerationAudit = (table: Table): ModerationAudit => ({
  async add(ownerSub, entry) {
    const item = { ...keys.audit(ownerSub, entry.at, entry.id), ...entry };
    await table.client.send(new PutCommand({ TableName: table.tableName, Item: item }));
  },
  list: (ownerSub, page) => readList(table, { prefix: lists.audit(ownerSub), isNewestFirst: true, row: entryOf }, page),
});
