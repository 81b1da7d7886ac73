import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { type Key, keys } from "./keys.ts";
import type { Table } from "./table.ts";

async function subAt({ client, tableName }: Table, key: Key): Promise<string | undefined> {
  const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
  return Item?.sub;
}

/** Whose channel it is; undefined for one that is not of this platform, or not complete. */
export const ownerOfChannel = (table: Table, channelArn: string) => subAt(table, keys.channel(channelArn));

/** Whose room it is; undefined as for a channel. */
export const ownerOfRoom = (table: Table, roomArn: string) => subAt(table, keys.room(roomArn));

/** Who has the channel name now. */
export const ownerOfName = (table: Table, name: string) => subAt(table, keys.name(name));
