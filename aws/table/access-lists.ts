import { DeleteCommand, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { AccessLists, ListedViewer } from "#domain/playback/ports.ts";
import { writeIf } from "./conditional.ts";
import { exists, withCondition } from "./expressions.ts";
import { keys, lists } from "./keys.ts";
import { readList } from "./list.ts";
import { type Item, pick, type Table } from "./table.ts";

const viewerOf = (item: Item) => pick(item as unknown as ListedViewer, ["sub", "at"]);

/** Whom the owners of private channels let watch. */
export function createAccessLists(table: Table): AccessLists {
  const { client, tableName: TableName } = table;
  return {
    async has(ownerSub, sub) {
      const get = { TableName, Key: keys.watcher(ownerSub, sub), ConsistentRead: true };
      return (await client.send(new GetCommand(get))).Item !== undefined;
    },

    async add(ownerSub, { sub, at }) {
      const update = {
        TableName,
        Key: keys.watcher(ownerSub, sub),
        UpdateExpression: "SET #sub = :sub, #at = if_not_exists(#at, :at)",
        ExpressionAttributeNames: { "#sub": "sub", "#at": "at" },
        ExpressionAttributeValues: { ":sub": sub, ":at": at },
      };
      await client.send(new UpdateCommand(update));
    },

    remove(ownerSub, sub) {
      const row = { TableName, Key: keys.watcher(ownerSub, sub), ...withCondition(exists) };
      return writeIf(() => client.send(new DeleteCommand(row)));
    },

    list: (ownerSub, page) => readList(table, { prefix: lists.watchers(ownerSub), row: viewerOf }, page),
  };
}
