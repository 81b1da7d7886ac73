import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { PaceStore } from "#domain/accounts/pacing.ts";
import { writeIf } from "./conditional.ts";
import { updateOf } from "./expressions.ts";
import { keys } from "./keys.ts";
import type { Table } from "./table.ts";

/** When each operation's next call may begin. */
export function createPaceStore(table: Table): PaceStore {
  return {
    async next(operation) {
      const get = { TableName: table.tableName, Key: keys.pace(operation), ConsistentRead: true };
      const { Item } = await table.client.send(new GetCommand(get));
      return Item?.next ?? 0;
    },

    moveOn(operation, from, to) {
      const isFrom = "#next = :ifNext";
      const condition = {
        expression: from === 0 ? `attribute_not_exists(#next) OR ${isFrom}` : isFrom,
        values: { ":ifNext": from },
      };
      const update = updateOf(table, keys.pace(operation), { next: to }, condition);
      return writeIf(() => table.client.send(new UpdateCommand(update)));
    },
  };
}
