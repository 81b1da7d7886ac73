import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Ban, Bans } from "#domain/chat/ports.ts";
import { writeIf } from "./conditional.ts";
import { exists, withCondition } from "./expressions.ts";
import { keys, lists } from "./keys.ts";
import { readList } from "./list.ts";
import { type Item, pick, type Table } from "./table.ts";

const banOf = (item: Item) => pick(item as unknown as Ban, ["userId", "by", "reason", "at", "until"]);

/** DynamoDB takes a row away days after its end, so every read looks at the end itself. */
const holds = (ban: Ban, now: number) => ban.until === undefined || ban.until > now;

/** Who is banned from whose room. A ban that ends is a row that goes by itself. */
export function createBans(table: Table): Bans {
  const { client, tableName } = table;
  return {
    async find(ownerSub, userId, now) {
      const get = { TableName: tableName, Key: keys.ban(ownerSub, userId), ConsistentRead: true };
      const { Item } = await client.send(new GetCommand(get));
      const ban = Item && banOf(Item);
      return ban !== undefined && holds(ban, now) ? ban : undefined;
    },

    async put(ownerSub, ban) {
      const expiresAt = ban.until === undefined ? undefined : Math.ceil(ban.until / 1000);
      const item = { ...keys.ban(ownerSub, ban.userId), ...ban, expiresAt };
      await client.send(new PutCommand({ TableName: tableName, Item: item }));
    },

    remove(ownerSub, userId) {
      const row = { TableName: tableName, Key: keys.ban(ownerSub, userId), ...withCondition(exists) };
      return writeIf(() => client.send(new DeleteCommand(row)));
    },

    list(ownerSub, now, page) {
      const row = (item: Item) => {
        const ban = banOf(item);
        return holds(ban, now) ? ban : undefined;
      };
      return readList(table, { prefix: lists.bans(ownerSub), row }, page);
    },
  };
}
