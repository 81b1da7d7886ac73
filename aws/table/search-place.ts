import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { UserlessPorts } from "#domain/accounts/userless.ts";
import { updateOf } from "./expressions.ts";
import { keys } from "./keys.ts";
import type { Table } from "./table.ts";

/** Where the search for accounts without a user goes on. */
export const createSearchPlace = ({ client, tableName }: Table): UserlessPorts["place"] => ({
  async read() {
    const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: keys.search }));
    return Item?.cursor;
  },
  async write(cursor) {
    await client.send(new UpdateCommand(updateOf({ client, tableName }, keys.search, { cursor })));
  },
});
