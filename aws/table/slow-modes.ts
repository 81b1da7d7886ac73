import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { SlowModes } from "#domain/chat/ports.ts";
import { writeIf } from "./conditional.ts";
import { exists, updateOf } from "./expressions.ts";
import { keys } from "./keys.ts";
import type { Table } from "./table.ts";

/** Slow mode, on the room's row. A room without a row has none and gets none: it is gone, or not ours. */
export const createSlowModes = (table: Table): SlowModes => ({
  async read(roomArn) {
    const get = { TableName: table.tableName, Key: keys.room(roomArn), ConsistentRead: true };
    const { Item } = await table.client.send(new GetCommand(get));
    return Item?.slowModeSeconds ?? 0;
  },
  async write(roomArn, seconds) {
    const update = updateOf(table, keys.room(roomArn), { slowModeSeconds: seconds }, exists);
    await writeIf(() => table.client.send(new UpdateCommand(update)));
  },
});
