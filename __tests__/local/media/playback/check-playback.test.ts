import { describe, expect, test } from "vitest";
import { checkPlayback, checkSession, type PlaybackChannel } from "#local/media/playback/check-playback.ts";
import { createPlaybackMemory } from "#local/media/playback/memory.ts";
import {
  channel,
  channelArn,
  check,
  emptyMemory,
  now,
  nowSeconds,
  page,
  pem,
  refusalText,
  requestFrom,
  sign,
  url,
  uuid,
} from "./fixture.ts";

const sessionOf = async (claims: Record<string, unknown> = {}, from?: string) => {
  const verdict = check(await sign(claims), requestFrom(from));
  if (!verdict.allowed) throw new Error(verdict.body[0]?.error);
  return verdict.session;
};

const publicChannel: PlaybackChannel = { arn: channelArn, authorized: false };
const atPublic = (more: Partial<PlaybackChannel>, request = requestFrom(), token?: string) =>
  checkPlayback(token, { ...publicChannel, ...more }, [], request, emptyMemory());

describe("a session", () => {
  test("says who may watch what", async () => {
    const session = await sessionOf({
      "aws:viewer-id": "bob",
      "aws:viewer-session-version": 3,
      "aws:maximum-resolution": "HD",
    });
    expect(session).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      channelArn,
      viewerId: "bob",
      viewerSessionVersion: 3,
      maximumResolution: "HD",
      originRule: { origins: [], strict: false },
    });
  });

  test("goes on after its token has expired", async () => {
    const later = requestFrom(undefined, { now: now + 3_600_000 });
    expect(checkSession(await sessionOf(), channel, later, emptyMemory()).allowed).toBe(true);
  });

  test("opens no other channel", async () => {
    const other = { ...channel, arn: `${channelArn}7` };
    const verdict = checkSession(await sessionOf(), other, requestFrom(), emptyMemory());
    expect(refusalText(verdict)).toBe("this session is of another channel");
  });

  test("has an id of its own each time", async () => {
    const token = await sign();
    const ids = [check(token), check(token)].map((verdict) => verdict.allowed && verdict.session.id);
    expect(new Set(ids).size).toBe(2);
  });
});

describe("a refusal", () => {
  test("is 403 with a body that names the address and the code", () => {
    expect(check(undefined)).toEqual({
      allowed: false,
      status: 403,
      code: "invalid_playback_auth_token",
      body: [
        {
          url,
          error: "token contains an invalid number of segments",
          error_code: "invalid_playback_auth_token",
          type: "error",
        },
      ],
    });
  });

  test("never repeats the token", async () => {
    const token = await sign({ exp: nowSeconds - 1 });
    const verdict = check(token, requestFrom(undefined, { url: `${url}?a=1&token=${token}&b=2` }));
    expect(verdict).toMatchObject({ body: [{ url: `${url}?a=1&b=2` }] });
    expect(JSON.stringify(verdict)).not.toContain(token.split(".")[2]);
  });
});

describe("a single-use token", () => {
  test("opens one playlist only", async () => {
    const memory = emptyMemory();
    const token = await sign({ "aws:single-use-uuid": uuid });
    expect(check(token, requestFrom(), memory).allowed).toBe(true);
    expect(check(token, requestFrom(), memory)).toMatchObject({
      code: "playback_auth_error",
      body: [{ error: "single-use token was used before" }],
    });
  });

  test("is not used up by a request that something else refuses", async () => {
    const memory = emptyMemory();
    const token = await sign({ "aws:single-use-uuid": uuid, "aws:access-control-allow-origin": page });
    expect(check(token, requestFrom("https://evil.example"), memory).allowed).toBe(false);
    expect(check(token, requestFrom(page), memory).allowed).toBe(true);
  });

  test("shares nothing with the same id on another channel", async () => {
    const memory = emptyMemory();
    const other = { ...channel, arn: `${channelArn}7` };
    const tokens = [{}, { "aws:channel-arn": other.arn }].map((claims) =>
      sign({ ...claims, "aws:single-use-uuid": uuid }),
    );
    const [here = "", there] = await Promise.all(tokens);
    expect(check(here, requestFrom(), memory).allowed).toBe(true);
    expect(checkPlayback(there, other, [pem], requestFrom(), memory).allowed).toBe(true);
  });

  test("is forgotten once it has expired, when there are many", () => {
    let time = now;
    const memory = createPlaybackMemory(
      () => undefined,
      () => time,
    );
    for (let index = 0; index < 10_000; index += 1) memory.useOnce(String(index), nowSeconds + 1);
    expect(memory.useOnce("0", nowSeconds + 1)).toBe(false);
    time += 1000;
    memory.useOnce("one more", nowSeconds + 600);
    expect(memory.useOnce("0", nowSeconds + 600)).toBe(true);
  });
});

describe("a revoked viewer", () => {
  const revoked = (versionsUpTo: number) =>
    createPlaybackMemory((arn, viewer) => (arn === channelArn && viewer === "bob" ? versionsUpTo : undefined));

  test("is refused at the start and in the middle", async () => {
    const bob = { "aws:viewer-id": "bob" };
    expect(refusalText(check(await sign(bob), requestFrom(), revoked(0)))).toBe("viewer session is revoked");
    const verdict = checkSession(await sessionOf(bob), channel, requestFrom(), revoked(0));
    expect(refusalText(verdict)).toBe("viewer session is revoked");
  });

  test("comes back with a higher version", async () => {
    const versions = [4, 5, 6].map((version) => ({ "aws:viewer-id": "bob", "aws:viewer-session-version": version }));
    const verdicts = await Promise.all(
      versions.map(async (claims) => check(await sign(claims), requestFrom(), revoked(5))),
    );
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([false, false, true]);
  });

  test("stops nobody else", async () => {
    for (const claims of [{ "aws:viewer-id": "ann" }, {}]) {
      expect(check(await sign(claims), requestFrom(), revoked(9)).allowed).toBe(true);
    }
  });
});

describe("an origin", () => {
  const onlyPage = { "aws:access-control-allow-origin": `https://other.example, ${page}` };
  const strictly = { ...onlyPage, "aws:strict-origin-enforcement": true };

  test("has to be on the token's list", async () => {
    const token = await sign(onlyPage);
    expect(check(token, requestFrom(page)).allowed).toBe(true);
    expect(check(token, requestFrom("https://evil.example"))).toMatchObject({
      code: "playback_auth_error",
      body: [{ error: "this origin is not allowed" }],
    });
  });

  test("is not asked of programs that send none, unless strictly", async () => {
    expect(check(await sign(onlyPage)).allowed).toBe(true);
    expect(refusalText(check(await sign(strictly)))).toBe("an Origin header is required");
  });

  test("is looked at again only if strictly", async () => {
    const evil = requestFrom("https://evil.example");
    expect(checkSession(await sessionOf(onlyPage, page), channel, evil, emptyMemory()).allowed).toBe(true);
    const session = await sessionOf(strictly, page);
    expect(checkSession(session, channel, requestFrom(page), emptyMemory()).allowed).toBe(true);
    expect(refusalText(checkSession(session, channel, evil, emptyMemory()))).toBe("this origin is not allowed");
    expect(checkSession(session, channel, requestFrom(), emptyMemory()).allowed).toBe(false);
  });
});

describe("a public channel", () => {
  test("needs no token and looks at none", () => {
    expect(atPublic({}).allowed).toBe(true);
    expect(atPublic({}, requestFrom(), "nonsense").allowed).toBe(true);
  });

  test("is still restricted by its policy's origins", () => {
    const restrictionPolicy = { allowedCountries: [], allowedOrigins: [page] };
    expect(atPublic({ restrictionPolicy }, requestFrom(page)).allowed).toBe(true);
    expect(atPublic({ restrictionPolicy }, requestFrom("https://evil.example")).allowed).toBe(false);
    expect(atPublic({ restrictionPolicy }).allowed).toBe(true);
    const strict = { ...restrictionPolicy, enableStrictOriginEnforcement: true };
    const verdict = atPublic({ restrictionPolicy: strict }, requestFrom(page));
    if (!verdict.allowed) throw new Error("refused");
    expect(atPublic({ restrictionPolicy: strict }).allowed).toBe(false);
    const restricted = { ...publicChannel, restrictionPolicy: strict };
    expect(checkSession(verdict.session, restricted, requestFrom(page), emptyMemory()).allowed).toBe(true);
    expect(checkSession(verdict.session, restricted, requestFrom(), emptyMemory()).allowed).toBe(false);
  });

  test("is still restricted by its policy's countries, where the country is known", () => {
    const restrictionPolicy = { allowedCountries: ["DE", "FR"], allowedOrigins: [] };
    const from = (country?: string) => atPublic({ restrictionPolicy }, requestFrom(undefined, { country }));
    expect([from("DE"), from("US"), from()].map(({ allowed }) => allowed)).toEqual([true, false, true]);
    expect(from("US")).toMatchObject({ code: "content_geoblocked", body: [{ error: "this country is not allowed" }] });
  });
});
