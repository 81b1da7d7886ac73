import { beforeEach, describe, expect, it } from "vitest";
import { claimsOf } from "#__tests__/handlers/fixture/api-call.ts";
import { type ApiWorld, apiWorld, channelArn, subs } from "#__tests__/handlers/fixture/api-world.ts";

let world: ApiWorld;

beforeEach(() => {
  world = apiWorld();
});

const as = (sub: string, groups?: unknown) => ({ claims: claimsOf(sub, groups) });

describe("GET /stream/me", () => {
  it("shows the channel, where to send to, and the groups; never the key", async () => {
    const { status, body, text } = await world.call("readMe", as(subs.ada, "[moderators]"));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ sub: subs.ada, state: "ready", name: "ada", live: true, viewers: 3, groups: ["moderators"] },
      channel: {
        arn: channelArn("ada"),
        ingestEndpoint: "ada.ingest.example.com",
        ingestUrl: "rtmps://ada.ingest.example.com:443/app/",
        playbackUrl: "https://ada.example.com/live.m3u8",
      },
    });
    expect(text).not.toContain("sk_secret");
    expect(world.sent).toEqual([]);
  });

  it("says who may watch while the channel is private, and whether it may be", async () => {
    const shown = async () => (await world.call("readMe", as(subs.ada))).body;
    expect(await shown()).toMatchObject({ access: "public", mayBePrivate: true });
    expect(await shown()).not.toHaveProperty("audience");
    await world.deps.profiles.edit(subs.ada, { access: "private", audience: null });
    expect(await shown()).toMatchObject({ access: "private", audience: "listed" });
    await world.deps.profiles.edit(subs.ada, { audience: { kind: "group", group: "crew" } });
    expect(await shown()).toMatchObject({ audience: "group", group: "crew" });
  });

  it("puts an unfinished account before the workers again, and says to come back", async () => {
    const { status, body, headers } = await world.call("readMe", as(subs.cem));
    expect([status, body, headers["retry-after"]]).toEqual([202, { state: "preparing" }, "2"]);
    expect(world.sent).toEqual([subs.cem]);
  });

  it("puts it there once in ten seconds, however often it is asked", async () => {
    for (let calls = 0; calls < 5; calls++) await world.call("readMe", as(subs.cem));
    for (let calls = 0; calls < 5; calls++) await world.call("deleteMe", as(subs.dan));
    expect(world.sent).toEqual([subs.cem, subs.dan]);
  });

  it("says that a quota of the service holds it up", async () => {
    world.accounts.add({ sub: subs.cem, name: "cem", stage: "channel", version: 1, quotaSince: 1 });
    const { body, headers } = await world.call("readMe", as(subs.cem));
    expect([body, headers["retry-after"]]).toEqual([{ state: "waiting-for-quota" }, "60"]);
    expect(world.sent).toEqual([]);
  });

  it("makes the row of a sign-up that was lost, with the nickname of the pool", async () => {
    expect((await world.call("readMe", as(subs.fay))).body).toEqual({ state: "preparing" });
    expect(world.accounts.rows.get(subs.fay)).toMatchObject({
      account: { stage: "reserved", name: "fay-r1nd0m" },
      profile: { nickname: "Fay" },
    });
    expect(world.sent).toEqual([subs.fay]);
  });

  it("makes nothing for a token whose user is gone", async () => {
    const { status, body } = await world.call("readMe", as("00000000-0000-4000-8000-0000000000ff"));
    expect([status, body.code, world.sent]).toEqual([401, "ACCOUNT_DELETED", []]);
  });

  it("says that the account is being deleted, and has the workers go on", async () => {
    const { status, body } = await world.call("readMe", as(subs.dan));
    expect([status, body]).toEqual([202, { state: "deleting" }]);
    expect(world.sent).toEqual([subs.dan]);
  });
});

describe("DELETE /stream/me", () => {
  it.each([
    ["a complete account", subs.ada],
    ["an unfinished one", subs.cem],
    ["one that is being deleted already", subs.dan],
    ["one that has no row yet", subs.fay],
  ])("asks the workers to delete %s", async (_, sub) => {
    const { status, body } = await world.call("deleteMe", as(sub));
    expect([status, body]).toEqual([202, { state: "deleting" }]);
    expect(world.accounts.rows.get(sub)?.account.stage).toBe("deleting");
    expect(world.sent).toContain(sub);
  });
});

describe("PATCH /stream/me", () => {
  const change = (body: unknown, sub: string = subs.ada) => world.call("changeMe", { body, ...as(sub) });

  it("changes what is said and leaves the rest, trimmed and composed", async () => {
    const { status, body } = await change({ title: "  Cafe\u0301  " });
    expect([status, body.title, body.nickname, body.name]).toEqual([200, "Caf\u00e9", "ada", "ada"]);
  });

  it("gives a free name, in small letters, and the old one free", async () => {
    expect((await change({ name: "Ada-Cooks" })).body.name).toBe("ada-cooks");
    expect((await change({ name: "ada" }, subs.bob)).body.name).toBe("ada");
  });

  it("changes nothing when the name is taken", async () => {
    const { status, body } = await change({ name: "bob", title: "New" });
    expect([status, body.code]).toEqual([409, "NAME_TAKEN"]);
    expect(world.accounts.rows.get(subs.ada)?.profile).toMatchObject({ name: "ada", title: "Live soon" });
  });

  it("wants something to change", async () => {
    const { status, body } = await change({});
    expect([status, body.errors]).toEqual([
      400,
      [{ field: "body", rule: "must hold at least one of title, description, nickname, name", got: "an object" }],
    ]);
  });
});
