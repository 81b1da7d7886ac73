import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { ProfileChanges, Profiles } from "#domain/profiles/profile.ts";
import { writeAll, writeIf } from "./conditional.ts";
import { isNew, updateOf, withCondition } from "./expressions.ts";
import { keys } from "./keys.ts";
import { ownerOfName } from "./owners.ts";
import { readListedProfiles, readLiveProfiles } from "./profile-lists.ts";
import { profileOf } from "./profile-row.ts";
import type { Table } from "./table.ts";

const isComplete = { expression: "#stage = :ifStage", values: { ":ifStage": "complete" } };

/** What is to be written: fields that stay are left out, those that are `null` are taken off. */
const attributesOf = (changes: ProfileChanges) =>
  Object.fromEntries(
    (["nickname", "title", "description", "avatar", "planned", "access", "audience"] as const)
      .filter((field) => changes[field] !== undefined)
      .map((field) => [field, changes[field] ?? undefined]),
  );

/** The profiles, which accounts' rows hold. Reads of one see every write that was answered, lists nearly all. */
export function createProfiles(table: Table): Profiles {
  const { client, tableName } = table;
  const read = async (sub: string) => {
    const get = new GetCommand({ TableName: tableName, Key: keys.account(sub), ConsistentRead: true });
    return (await client.send(get)).Item;
  };
  return {
    async bySub(sub) {
      const row = await read(sub);
      return row === undefined || row.stage === "deleted" ? undefined : profileOf(row);
    },

    async byName(name) {
      const sub = await ownerOfName(table, name);
      const row = sub === undefined ? undefined : await read(sub);
      return row?.name === name && row.listed !== undefined ? profileOf(row) : undefined;
    },

    live: (order, page) => readLiveProfiles(table, order, page),
    all: (page) => readListedProfiles(table, page),

    edit(sub, changes) {
      const update = updateOf(table, keys.account(sub), attributesOf(changes), isComplete);
      return writeIf(() => client.send(new UpdateCommand(update)));
    },

    async rename(sub, from, to) {
      const condition = {
        expression: `${isComplete.expression} AND #name = :ifName`,
        values: { ...isComplete.values, ":ifName": from },
      };
      const update = updateOf(table, keys.account(sub), { name: to }, condition);
      if (from === to) {
        return (await writeIf(() => client.send(new UpdateCommand(update)))) ? "renamed" : "changed";
      }
      const failed = await writeAll(table, [
        { Update: update },
        { Put: { TableName: tableName, Item: { ...keys.name(to), sub }, ...withCondition(isNew) } },
        { Delete: { TableName: tableName, Key: keys.name(from) } },
      ]);
      if (failed.length === 0) return "renamed";
      return failed.includes(0) ? "changed" : "name-taken";
    },
  };
}
