import { describe, expect, it } from "vitest";
import { apiWorld, subs } from "#__tests__/handlers/fixture/api-world.ts";

const world = apiWorld();

describe("GET /public/live", () => {
  it("shows channels on air, cacheable for seconds", async () => {
    const { body, headers } = await world.call("listLiveChannels");
    expect(body).toEqual({
      channels: [
        {
          ...{ name: "ada", nickname: "ada", title: "Live soon", description: "", access: "public" },
          ...{ live: true, viewers: 3, startedAt: "2026-01-02T14:59:00.000Z" },
        },
      ],
    });
    expect(headers["cache-control"]).toBe("public, max-age=3");
  });
});

describe("GET /public/channels", () => {
  it("is paged: next leads on, and ends", async () => {
    const first = await world.call("listChannels", { query: "limit=2" });
    const second = await world.call("listChannels", { query: `limit=2&cursor=${first.body.next}` });
    const names = [first, second].map(({ body }) => body.channels.map(({ name }: { name: string }) => name));
    expect(names).toEqual([["ada", "bob"], ["mod"]]);
    expect(second.body).not.toHaveProperty("next");
  });
});

describe("GET /public/channels/{name}", () => {
  const read = (name: string) => world.call("readChannel", { params: { name } });

  it("tells where a public channel plays", async () => {
    expect((await read("ADA")).body.playbackUrl).toBe("https://ada.example.com/live.m3u8");
  });

  it("keeps where a private one plays, and tells when it was last on air", async () => {
    const { body } = await read("bob");
    expect(body).not.toHaveProperty("playbackUrl");
    expect(body).toMatchObject({ access: "private", live: false, lastEndedAt: "2026-01-02T14:59:59.000Z" });
  });

  it.each(["nobody", "cem", "dan"])("knows no channel %s: none, unfinished, being deleted", async (name) => {
    const { status, body } = await read(name);
    expect([status, body.code, body.detail]).toEqual([404, "CHANNEL_UNKNOWN", `There is no channel "${name}".`]);
  });

  it("tells nobody who the owner is, or where IVS keeps the channel", async () => {
    const { text } = await read("ada");
    expect(text).not.toMatch(/arn:aws|ingest/);
    expect(text).not.toContain(subs.ada);
  });
});
