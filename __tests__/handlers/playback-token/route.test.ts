import { describe, expect, it } from "vitest";
import { revokeViewers } from "#domain/playback/revoke.ts";
import { SignerBusyError } from "#domain/playback/signer.ts";
import { type ApiCall, claimsOf } from "../fixture/api-call.ts";
import { channelArn, subs } from "../fixture/api-world.ts";
import { page, playbackWorld } from "./world.ts";

const listedWorld = async (...options: Parameters<typeof playbackWorld>) => {
  const world = playbackWorld(...options);
  await world.list();
  return world;
};

describe("a playback token", () => {
  it("is for the channel, the page and the viewer, for five minutes, and is not to be stored on its way", async () => {
    const { ask, claims, time } = await listedWorld();
    const { status, headers, body } = await ask();
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "cache-control": "no-store", "content-type": "application/json" });
    expect(body).toEqual({
      token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]{128}$/),
      playbackUrl: `https://play.example.com/bob.m3u8?token=${body.token}`,
      expiresAt: "2026-01-02T15:05:00.000Z",
    });
    expect(claims(body.token)).toEqual({
      "aws:channel-arn": channelArn("bob"),
      exp: time.now / 1000 + 300,
      "aws:access-control-allow-origin": page,
      "aws:strict-origin-enforcement": true,
      "aws:viewer-id": subs.ada,
    });
  });

  it("is the same until a minute before its end, and another then", async () => {
    const { ask, time } = await listedWorld();
    const first = await ask();
    time.now += 239_999;
    expect((await ask()).body).toEqual(first.body);
    time.now += 1;
    const second = await ask();
    expect(second.body.token).not.toBe(first.body.token);
    expect(second.body.expiresAt).toBe("2026-01-02T15:09:00.000Z");
  });

  it("for single use is another each time, and is not kept for others", async () => {
    const { ask, claims } = await listedWorld();
    const [kept, ...once] = [
      await ask(),
      await ask({ body: { singleUse: true } }),
      await ask({ body: { singleUse: true } }),
    ].map(({ body }) => claims(body.token));
    expect(kept).not.toHaveProperty("aws:single-use-uuid");
    expect(once.map((one) => one["aws:single-use-uuid"])).toEqual([
      "123e4567-e89b-12d3-a456-426614174000",
      "123e4567-e89b-12d3-a456-426614174001",
    ]);
    expect(claims((await ask()).body.token)).toEqual(kept);
  });

  it("is another one for another page, viewer or resolution", async () => {
    const { ask, list, tokens, claims } = await listedWorld();
    await list(subs.cem);
    await ask();
    await ask({ headers: { origin: "http://127.0.0.1:8080" } });
    await ask({ claims: claimsOf(subs.cem) });
    await ask({ body: { maximumResolution: "SD" } });
    expect(new Set(tokens).size).toBe(4);
    expect(tokens.map((token) => claims(token)["aws:access-control-allow-origin"])).toEqual([
      ...[page, "http://127.0.0.1:8080", page, page],
    ]);
    expect(claims(tokens[3] ?? "")["aws:maximum-resolution"]).toBe("SD");
  });

  it("is another one, of the next version, once the viewer's sessions were ended", async () => {
    const { ask, claims, moderation } = await listedWorld();
    const before = await ask();
    await revokeViewers(moderation.watching, channelArn("bob"), [subs.ada]);
    const after = await ask();
    expect(after.body.token).not.toBe(before.body.token);
    expect(claims(after.body.token)["aws:viewer-session-version"]).toBe(1);
    expect(moderation.acts).toEqual([`revoke ${subs.ada} up to 0`]);
  });

  it("is given to whoever moderates, and to the owner, whatever the audience and the bans", async () => {
    const { ask, moderation } = playbackWorld();
    await moderation.bans.put(subs.bob, { userId: subs.mod, by: subs.bob, reason: "", at: 0 });
    expect((await ask({ claims: claimsOf(subs.bob) })).status).toBe(200);
    expect((await ask({ claims: claimsOf(subs.mod, ["moderators"]) })).status).toBe(200);
    expect((await ask({ claims: claimsOf(subs.mod) })).status).toBe(403);
  });

  it("is given to somebody who signed up, and has no channel yet", async () => {
    const { ask, list } = playbackWorld();
    await list(subs.fay);
    expect((await ask({ claims: claimsOf(subs.fay) })).status).toBe(200);
  });
});

describe("a playback token is refused", () => {
  it("to who is not listed, with the reason", async () => {
    const { ask, tokens } = playbackWorld();
    expect(await ask()).toMatchObject({
      status: 403,
      headers: { "content-type": "application/problem+json" },
      body: {
        code: "NOT_ENTITLED",
        reason: "not-listed",
        detail: "The channel bob is for people whom its owner has listed.",
      },
    });
    expect(tokens).toEqual([]);
  });

  it("to who is not in the group, with the reason, and given to who is", async () => {
    const { ask } = playbackWorld({ audience: { kind: "group", group: "members" } });
    expect(await ask()).toMatchObject({
      status: 403,
      body: {
        code: "NOT_ENTITLED",
        reason: "not-in-group",
        detail: "The channel bob is for a group that you are not in.",
      },
    });
    for (const groups of [["members"], "[guests members]"]) {
      expect((await ask({ claims: claimsOf(subs.ada, groups) })).status).toBe(200);
    }
  });

  it("to who is banned, with the end of the ban where it has one, and given after it", async () => {
    const { ask, moderation, time } = playbackWorld({ audience: { kind: "signed-in" } });
    const ban = { userId: subs.ada, by: subs.bob, reason: "spoilers", at: time.now };
    await moderation.bans.put(subs.bob, { ...ban, until: time.now + 60_000 });
    const refused = await ask();
    expect(refused).toMatchObject({
      status: 403,
      body: {
        code: "BANNED",
        reason: "banned",
        until: "2026-01-02T15:01:00.000Z",
        detail: "You may not watch bob before 2026-01-02T15:01:00.000Z: you are banned from its chat.",
      },
    });
    expect(refused.text).not.toContain("spoilers");
    time.now += 60_000;
    expect((await ask()).status).toBe(200);
    await moderation.bans.put(subs.bob, ban);
    const forGood = await ask();
    expect(forGood.body).toMatchObject({
      code: "BANNED",
      detail: "You may not watch bob: you are banned from its chat.",
    });
    expect(forGood.body).not.toHaveProperty("until");
  });

  it("for a public channel, and for one that is not there or not complete", async () => {
    const { ask } = await listedWorld();
    expect(await ask({ params: { name: "ada" } })).toMatchObject({ status: 400, body: { code: "CHANNEL_PUBLIC" } });
    for (const name of ["nobody-s", "dan", "cem"]) {
      expect(await ask({ params: { name } }), name).toMatchObject({ status: 404, body: { code: "CHANNEL_UNKNOWN" } });
    }
  });

  it("to a page that is not among those that may play", async () => {
    const { ask } = await listedWorld({ origins: ["https://tv.example.com", page] });
    expect(await ask({ headers: { origin: "https://elsewhere.example.com" } })).toMatchObject({
      status: 403,
      body: {
        code: "ORIGIN_REFUSED",
        detail:
          "header.origin must be one of https://tv.example.com, https://live.example.com; got https://elsewhere.example.com.",
      },
    });
    expect((await ask()).status).toBe(200);
  });

  it.each([
    ["no", undefined, "must be there"],
    ["an opaque", "null", "must be the page's origin, such as https://live.example.com; browsers send it"],
    ["an empty", "", "must be the page's origin, such as https://live.example.com; browsers send it"],
    [
      "more than one",
      `${page},${page}`,
      "must be the page's origin, such as https://live.example.com; browsers send it",
    ],
    ["every", "*", "must be the page's origin, such as https://live.example.com; browsers send it"],
    ["a path in the", `${page}/a`, "must be the page's origin, such as https://live.example.com; browsers send it"],
    [
      "a wide",
      "https://*.example.com",
      "must be the page's origin, such as https://live.example.com; browsers send it",
    ],
  ])("with %s origin", async (_, origin, rule) => {
    const { ask, tokens } = await listedWorld();
    const refused = await ask({ headers: origin === undefined ? {} : { origin } });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: "header.origin", rule }] } });
    expect(tokens).toEqual([]);
  });

  it("where the platform has no key", async () => {
    const { ask } = await listedWorld({ hasKey: false });
    expect(await ask()).toMatchObject({ status: 409, body: { code: "NO_PLAYBACK_KEY" } });
  });

  it.each([
    ["deleting", subs.dan],
    ["deleted", subs.eve],
  ])("to an account that is %s", async (_, sub) => {
    const { ask, list, tokens } = playbackWorld();
    await list(sub);
    expect(await ask({ claims: claimsOf(sub) })).toMatchObject({ status: 401, body: { code: "ACCOUNT_DELETED" } });
    expect(tokens).toEqual([]);
  });

  it("while the signer is busy, with when to ask again, and is given then", async () => {
    const { ask, signer, tokens } = await listedWorld();
    const { sign } = signer;
    signer.sign = async () => {
      throw new SignerBusyError();
    };
    const answers = await Promise.all([ask(), ask(), ask({ body: { singleUse: true } })]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "1" }, body: { code: "BUSY" } });
    }
    signer.sign = sign;
    expect((await ask()).status).toBe(200);
    expect(tokens).toHaveLength(1);
  });

  it("without a word of why when the signer fails otherwise", async () => {
    const { ask, signer, lines } = await listedWorld();
    signer.sign = async () => {
      throw new Error("The secret holds -----BEGIN PRIVATE KEY-----");
    };
    const answer = await ask();
    expect([answer.status, answer.body.code]).toEqual([500, "INTERNAL"]);
    expect(answer.text).not.toContain("PRIVATE KEY");
    expect(lines).toHaveLength(1);
  });
});

it("no line of the log holds a token, or any part of one", async () => {
  const { ask, lines, tokens, signer } = await listedWorld({ origins: [page] });
  const calls: ApiCall[] = [
    {},
    { body: { singleUse: true } },
    { body: { singleUse: "yes" } },
    { headers: {} },
    { params: { name: "ada" } },
    { headers: { origin: "https://elsewhere.example.com" } },
    { claims: claimsOf(subs.cem) },
  ];
  for (const call of calls) await ask(call);
  const token = tokens[0] ?? "";
  signer.sign = async () => {
    throw new Error(`signed ${token.length} characters`);
  };
  await ask({ body: { singleUse: true } });
  expect(lines.length).toBeGreaterThan(0);
  expect(tokens).toHaveLength(2);
  for (const line of lines)
    for (const one of tokens) for (const part of one.split(".").slice(1)) expect(line).not.toContain(part);
});
