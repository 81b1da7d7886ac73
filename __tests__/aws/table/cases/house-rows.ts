import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { createAccountStore } from "#aws/table/account-store.ts";
import { type Key, keys } from "#aws/table/keys.ts";
import { createLiveRows } from "#aws/table/live-rows.ts";
import { ownerOfRoom } from "#aws/table/owners.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import { createSlowModes } from "#aws/table/slow-modes.ts";
import type { Table } from "#aws/table/table.ts";
import { withState } from "#domain/live-state/live-row.ts";
import { addAccount, addresses, channelArnOf, reserved, roomArnOf } from "../fixture/accounts.ts";
import { houseItems } from "../fixture/house.ts";
import type { OpenTable } from "../fixture/raw-row.ts";

const channelArn = channelArnOf("house");
const roomArn = roomArnOf("house");

/** Puts the rows as Terraform does. */
async function deployHouse({ client, tableName }: Table, name: string) {
  const items = houseItems(name, {
    "aws_ivs_channel.channel.arn": channelArn,
    "aws_ivs_channel.channel.ingest_endpoint": addresses.ingestEndpoint,
    "aws_ivs_channel.channel.playback_url": addresses.playbackUrl,
    "aws_ivschat_room.room.arn": roomArn,
  });
  for (const Item of items) await client.send(new PutItemCommand({ TableName: tableName, Item: Item as never }));
}

/** Every attribute of a row with its type, down to the fields of its maps. */
async function shapeOf({ client, tableName }: Table, { pk, sk }: Key) {
  const Key = { pk: { S: pk }, sk: { S: sk } };
  const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key }));
  return JSON.parse(JSON.stringify(Item), (name, value) => (/^(S|N)$/.test(name) ? typeof value : value));
}

export const houseRows = (open: OpenTable) =>
  describe("the rows of a house channel", () => {
    it("have the shape of a user's complete account, which has been written once more", async () => {
      const table = await open();
      await deployHouse(table, "stage");
      await addAccount(table, "user-1", "ana");
      const pairs = [
        [keys.account("house:stage"), keys.account("user-1")],
        [keys.name("stage"), keys.name("ana")],
        [keys.channel(channelArn), keys.channel(channelArnOf("user-1"))],
        [keys.room(roomArn), keys.room(roomArnOf("user-1"))],
      ] as const;
      for (const [house, user] of pairs) expect(await shapeOf(table, house)).toEqual(await shapeOf(table, user));
    });

    it("are read, listed and live as a user's are, and keep their name", async () => {
      const table = await open();
      await deployHouse(table, "stage");
      const profile = {
        ...{ sub: "house:stage", name: "stage", nickname: "stage", title: "", description: "", access: "public" },
        ...{ channelArn, roomArn, addresses, live: { live: false, at: 0 } },
      };
      const shown = createProfiles(table);
      expect([await shown.byName("stage"), await shown.all({ limit: 5 })]).toEqual([profile, { rows: [profile] }]);
      expect(await ownerOfRoom(table, roomArn)).toBe("house:stage");

      const rows = createLiveRows(table);
      const [row] = await rows.find([channelArn]);
      if (row === undefined) throw new Error("the row was not found");
      const live = { live: true, streamId: "st-1", at: 5000, viewers: 2 };
      expect(await rows.write(withState(row, live, 6000), 0)).toBe(true);
      expect(await shown.live("most-watched", { limit: 5 })).toEqual({ rows: [{ ...profile, live }] });
      await createSlowModes(table).write(roomArn, 30);
      expect(await createSlowModes(table).read(roomArn)).toBe(30);

      const store = createAccountStore(table);
      expect(await store.reserve(reserved("user-1", "stage"), "Ana")).toBe("name-taken");
      expect(await store.read("house:stage")).toMatchObject({ stage: "complete", version: 0, channelArn, roomArn });
    });
  });
