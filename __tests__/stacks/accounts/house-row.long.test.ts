import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { App, TerraformOutput } from "cdktf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { client, type OwnCloud, startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { environment } from "#__tests__/support/stacks.ts";
import { byAction, Terraform } from "#__tests__/support/terraform.ts";
import { createLiveRows } from "#aws/table/live-rows.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import { createSlowModes } from "#aws/table/slow-modes.ts";
import { openTable, type Table } from "#aws/table/table.ts";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { Channel } from "#constructs/ivs/channel.ts";
import { Room } from "#constructs/ivschat/room.ts";
import { withState } from "#domain/live-state/live-row.ts";
import type { Profile } from "#domain/profiles/profile.ts";
import { HouseRows } from "#stacks/accounts/house-row.ts";
import { PlatformTable } from "#stacks/accounts/platform-table.ts";

const STACK = "house";
let own: OwnCloud;
let terraform: Terraform;
let table: Table;

/** Writes the configuration of one house channel. */
function synthesize(access: "public" | "private") {
  const app = new App({ outdir: join(own.folder, "cdktf.out") });
  const stack = new AwsStack(app, STACK, { region: own.cloud.region, namePrefix: "test" });
  const rows = new PlatformTable(stack, "table");
  const house = {
    channel: new Channel(stack, "channel", { authorized: access === "private" }),
    room: new Room(stack, "room"),
  };
  for (const settings of environment("dev", { channels: [{ name: "stage", access }] }).settings.channels) {
    new HouseRows(stack, "rows", { table: rows, settings, house });
  }
  new TerraformOutput(stack, "table_name", { value: rows.tableName });
  app.synth();
}

async function readProfile(): Promise<Profile> {
  const profile = await createProfiles(table).byName("stage");
  if (profile === undefined) throw new Error("the channel has no profile");
  return profile;
}

beforeAll(async () => {
  own = await startOwnCloud({ terraform: "required" });
  synthesize("public");
  terraform = new Terraform(join(own.folder, "cdktf.out", "stacks", STACK), own.cloud.environment);
  await terraform.init();
  await terraform.apply();
  const { table_name } = await terraform.outputs();
  table = openTable(new DynamoDBClient(client(own.cloud, own.root)), String(table_name?.value));
});
afterAll(() => own[Symbol.asyncDispose]());

describe("the rows of a house channel", () => {
  it("show it as a user's channel is shown, once Terraform has made them", async () => {
    const profile = await readProfile();
    expect(profile).toMatchObject({ sub: "house:stage", access: "public", live: { live: false, at: 0 } });
    expect(profile.addresses?.playbackUrl).toMatch(/^https?:.*\.m3u8/);
  });

  it("may go live and slow down without a change for Terraform to make", async () => {
    const { channelArn = "", roomArn = "" } = await readProfile();
    const rows = createLiveRows(table);
    const state = { live: true, streamId: "st-1", at: 5000, viewers: 3 };
    for (const row of await rows.find([channelArn])) await rows.write(withState(row, state, 6000), row.version);
    await createSlowModes(table).write(roomArn, 30);
    expect((await readProfile()).live).toEqual(state);
    expect(await terraform.changes()).toEqual([]);
  });

  it("say so when the channel becomes private, which makes only the account's row anew", async () => {
    synthesize("private");
    expect(byAction(await terraform.changes())).toEqual({
      // What remembers who may watch, so that another audience makes the row anew as well.
      create: ["terraform_data.rows_audience"],
      replace: ["aws_dynamodb_table_item.rows_account"],
      update: ["aws_ivs_channel.channel", "terraform_data.channel_Authorized"],
    });
    await terraform.applyPlanned();
    expect(await readProfile()).toMatchObject({ access: "private", live: { live: false, at: 0 } });
  });
});
