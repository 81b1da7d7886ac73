import { isDeepStrictEqual } from "node:util";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Account, isUnfinished } from "#domain/accounts/account.ts";
import type { AccountStore } from "#domain/accounts/ports.ts";
import { firstTitle } from "#domain/profiles/profile.ts";
import { writeAll, writeIf } from "./conditional.ts";
import { isNew, updateOf, withCondition } from "./expressions.ts";
import { indexes, keys } from "./keys.ts";
import { readAll } from "./query.ts";
import { type Item, pick, type Table } from "./table.ts";

/** What only the account's own workers write; the rest of the row is the owner's, or says whether it is live. */
const machineFields = [
  "stage",
  "channelArn",
  "addresses",
  "roomArn",
  "quotaSince",
  "lease",
  "keyReset",
  "lastReset",
  "deletionStep",
  "expiresAt",
  "version",
] as const satisfies readonly (keyof Account)[];

const machineAttributes = (account: Account) => ({
  ...Object.fromEntries(machineFields.map((field) => [field, account[field]])),
  unfinished: isUnfinished(account) ? "unfinished" : undefined,
  listed: account.stage === "complete" ? "listed" : undefined,
});

/** A gravestone's row has no name: an index's key cannot be empty. */
const accountOf = (item: Item): Account => {
  const row = item as unknown as Account;
  return { ...pick(row, ["sub", ...machineFields]), name: row.name ?? "" };
};

const ifVersion = (version: number) => ({ expression: "#version = :ifVersion", values: { ":ifVersion": version } });

/** The rows by which a complete account is found: changed, not replaced, since a room's row holds its slow mode too. */
function pointers(table: Table, { sub, channelArn, roomArn }: Account) {
  const found = [channelArn && keys.channel(channelArn), roomArn && keys.room(roomArn)].flatMap((key) => key || []);
  return found.map((key) => ({ key, update: { Update: updateOf(table, key, { sub }) } }));
}

/** The accounts' rows in the platform's table. Reads see every write that was answered. */
export function createAccountStore(table: Table): AccountStore {
  const { client, tableName } = table;
  const read = async (sub: string) => {
    const get = new GetCommand({ TableName: tableName, Key: keys.account(sub), ConsistentRead: true });
    const { Item } = await client.send(get);
    return Item && accountOf(Item);
  };
  const isThere = async (account: Account) => {
    const row = await read(account.sub);
    return row !== undefined && isDeepStrictEqual(machineAttributes(row), machineAttributes(account));
  };
  return {
    read,

    async reserve(account, nickname) {
      const { sub, name } = account;
      const profile = { sub, name, nickname, title: firstTitle, description: "", access: "public" };
      const row = { ...keys.account(sub), ...profile, ...machineAttributes(account) };
      const put = (item: object) => ({ Put: { TableName: tableName, Item: item, ...withCondition(isNew) } });
      const failed = await writeAll(table, [put(row), put({ ...keys.name(name), sub })]);
      if (failed.includes(0)) return "exists";
      return failed.includes(1) ? "name-taken" : "reserved";
    },

    async write(account, version) {
      const update = updateOf(table, keys.account(account.sub), machineAttributes(account), ifVersion(version));
      const updates = account.stage === "complete" ? pointers(table, account).map(({ update }) => update) : [];
      const isWritten =
        updates.length === 0
          ? await writeIf(() => client.send(new UpdateCommand(update)))
          : (await writeAll(table, [{ Update: update }, ...updates])).length === 0;
      // The SDK repeats a call whose answer was lost, and the repetition finds the version that it wrote itself.
      return isWritten || isThere(account);
    },

    async bury(account, gravestone) {
      const { sub, name } = account;
      const row = { ...keys.account(sub), sub, ...machineAttributes(gravestone) };
      const condition = {
        expression: "#version = :ifVersion AND #name = :ifName",
        values: { ":ifVersion": account.version, ":ifName": name },
      };
      const others = [keys.name(name), ...pointers(table, account).map(({ key }) => key)];
      const failed = await writeAll(table, [
        { Put: { TableName: tableName, Item: row, ...withCondition(condition) } },
        ...others.map((key) => ({ Delete: { TableName: tableName, Key: key } })),
      ]);
      return failed.length === 0;
    },

    async *unfinished() {
      const condition = "#unfinished = :unfinished";
      const query = { index: indexes.unfinished, condition, values: { ":unfinished": "unfinished" } };
      for await (const items of readAll(table, query)) yield items.map(({ sub }) => String(sub));
    },
  };
}
