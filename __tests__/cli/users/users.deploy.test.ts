import { rmSync } from "node:fs";
import { join } from "node:path";
import { CreateChannelCommand } from "@aws-sdk/client-ivs";
import { CreateRoomCommand, IvschatClient } from "@aws-sdk/client-ivschat";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addAccount, channelArnOf, completed, reserved } from "#__tests__/aws/table/fixture/accounts.ts";
import { clientOptions } from "#__tests__/support/deployed.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { createLiveRows } from "#aws/table/live-rows.ts";
import { createSessionHistory } from "#aws/table/session-history.ts";
import { withState } from "#domain/live-state/live-row.ts";
import { type OwnPlatform, ownPlatform } from "./fixture/own-platform.ts";

let platform: OwnPlatform;
let ana: string;
let lost: string;
const startedAt = Date.parse("2026-11-21T12:00:00Z");

beforeAll(async () => {
  platform = await ownPlatform();
  const { table } = platform;
  ana = await platform.signUp("ana@example.com", "Ana");
  lost = await platform.signUp("lost@example.com", "Lost");
  await addAccount(table, ana, "ana");
  await addAccount(table, "house:demo", "demo");
  await createAccountStore(table).reserve(reserved("11111111-2222-3333-4444-555555555555", "ben"), "Ben");
  const rows = createLiveRows(table);
  const [row] = await rows.find([channelArnOf(ana)]);
  if (row === undefined) throw new Error("no row");
  const state = { live: true, streamId: "st-1", at: startedAt, viewers: 3 };
  await rows.write(withState(row, state, startedAt), row.version);
  await createSessionHistory(table).add({
    ...{ channelArn: channelArnOf(ana), key: "2026#st-1#state", kind: "state", name: "Stream Start" },
    ...{ streamId: "st-1", at: startedAt, facts: {}, expiresAt: Math.ceil(Date.now() / 1000) + 3600 },
  });
});
afterAll(() => platform[Symbol.asyncDispose]());

const onair = (...args: readonly string[]) => platform.onair(...args);
const json = async (...args: readonly string[]) => JSON.parse((await onair(...args, "--json")).output);

/** The subs in the queue of accounts, which are taken out. */
const sent = async () => {
  const ask = new ReceiveMessageCommand({ QueueUrl: platform.queueUrl("accounts"), MaxNumberOfMessages: 10 });
  const { Messages = [] } = await platform.sqs.send(ask);
  return Messages.map(({ Body }) => JSON.parse(String(Body)).sub);
};

describe("onair users list", () => {
  it("shows accounts with work left first, then the complete ones by name", async () => {
    const { code, output, errors } = await onair("users", "list");
    expect({ code, lines: errors.split("\n").length }).toEqual({ code: 0, lines: 2 });
    expect(output.split("\n").map((line) => line.split(/ {2,}/).slice(0, 5))).toEqual([
      ["NAME", "STATE", "STAGE", "LIVE", "VIEWERS"],
      ["ben", "preparing", "reserved", "offline", expect.any(String)],
      ["ana", "ready", "complete", "live", "3"],
      ["demo", "ready", "complete", "offline", "house:demo"],
      [""],
    ]);
  });

  it("goes on where it ended", async () => {
    const first = await json("users", "list", "--limit", "1");
    expect(first).toMatchObject({
      command: "users",
      status: "ok",
      data: { users: [{ name: "ben" }, { name: "ana" }] },
    });
    const second = await json("users", "list", "--limit", "1", "--cursor", first.data.next);
    expect(second.data).toMatchObject({ users: [{ name: "demo" }], next: null });
    const { code, errors } = await onair("users", "list", "--cursor", "none");
    expect({ code, errors }).toMatchObject({ code: 2, errors: expect.stringContaining("That cursor is of no list.") });
  });
});

describe("onair users show", () => {
  it.each(["ana", "ana@example.com"])("finds an account by %s, and shows all that is known of it", async (who) => {
    const { data } = await json("users", "show", who);
    expect(data).toEqual({
      ...{ sub: ana, name: "ana", nickname: "The ana", state: "ready", stage: "complete" },
      ...{ quotaSince: null, deletionStep: null, keyReset: false },
      channelArn: channelArnOf(ana),
      playbackUrl: completed(ana).addresses?.playbackUrl,
      roomArn: completed(ana).roomArn,
      ...{ live: true, streamId: "st-1", viewers: 3 },
      sessions: [{ streamId: "st-1", startedAt: "2026-11-21T12:00:00.000Z", endedAt: null, incidents: 0 }],
      user: { status: "FORCE_CHANGE_PASSWORD", enabled: true },
      queue: { waiting: 0, delayed: 0, inFlight: 0, deadLetters: 0 },
    });
  });

  it("shows the same to people, by sub", async () => {
    const { code, output } = await onair("users", "show", ana);
    expect(code).toBe(0);
    expect(output).toContain("\nState         ready\nLive          st-1, 3 viewers\n");
    expect(output).toMatch(/\nSTREAM +STARTED +LASTED +INCIDENTS\nst-1 .*, on air +0\n$/);
  });

  it.each([
    ["nobody", "No channel has the name nobody."],
    ['no"body@example.com', "Nobody has that e-mail address."],
    ["00000000-0000-0000-0000-000000000000", "There is no account 00000000-0000-0000-0000-000000000000."],
  ])("says that there is no %s", async (who, what) => {
    const { code, errors } = await onair("users", "show", who);
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining(`${what}\n  Nothing was changed.`) });
  });
});

describe("onair users repair", () => {
  it("puts an account before the workers, and says what carries its tag", async () => {
    const tags = { "onair:environment": "dev", "onair:user": ana };
    const name = `onair-dev-${ana}`;
    const { channel } = await platform.own.ivs.send(new CreateChannelCommand({ name, tags }));
    await platform.own.ivs.send(new CreateChannelCommand({ name }));
    const chat = new IvschatClient(clientOptions(platform.own.cloud));
    const room = await chat.send(new CreateRoomCommand({ name, tags }));
    expect((await json("users", "repair", "ana")).data).toEqual({
      ...{ sub: ana, name: "ana", stageBefore: "complete" },
      ...{ channels: [channel?.arn], rooms: [room.arn] },
    });
    expect(await sent()).toEqual([ana]);
  });

  it("makes the row of a sign-up that was lost", async () => {
    const { code, output } = await onair("users", "repair", "lost@example.com");
    expect(code).toBe(0);
    expect(output).toMatch(/^lost.* is before the workers\. It had no row; it has one now\.\n/);
    expect(await sent()).toEqual([lost]);
    expect(await createAccountStore(platform.table).read(lost)).toMatchObject({ stage: "reserved" });
  });

  it("leaves channels of the house to Terraform", async () => {
    const { code, errors } = await onair("users", "repair", "demo");
    expect(code).toBe(1);
    expect(errors).toContain("house:demo belongs to the house: Terraform makes its channel.");
    expect(await sent()).toEqual([]);
  });
});

describe("onair users", () => {
  it.each([
    [["list", "ana"], "users list takes nobody's name."],
    [["show"], "Who is to be the one to show?"],
    [["remove", "ana"], "Allowed choices are list, show, repair."],
    [["list", "--limit", "0"], "Write a whole number, 1 to 100."],
  ])("refuses %j", async (args, what) => {
    const { code, errors } = await onair("users", ...args);
    expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining(what) });
  });

  it("says where nothing was deployed", async () => {
    rmSync(join(platform.own.folder, "cdktf.out"), { recursive: true });
    const { code, errors } = await onair("users", "list");
    expect(code).toBe(1);
    expect(errors).toContain("The platform of environment dev was not deployed from here.");
    expect(errors.trimEnd()).toMatch(/NOT_DEPLOYED$/);
  });
});
