import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClaimError, claimFaults, makeClaims, type TokenRequest } from "#domain/playback/claims.ts";

const now = Date.parse("2026-03-04T05:06:07.890Z");
const seconds = Math.floor(now / 1000);
const channelArn = "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456";
const request: TokenRequest = { channelArn, lifetimeSeconds: 300 };
const good = { "aws:channel-arn": channelArn, exp: seconds + 300 };

const rulesOf = (payload: unknown) => claimFaults(payload, now).map(({ claim, rule }) => `${claim} ${rule}`);

describe("makeClaims", () => {
  it("writes the end in whole seconds, and leaves out what was not asked for", () => {
    expect(makeClaims(request, now)).toEqual(good);
  });

  it("writes every claim in the service's own words", () => {
    const claims = makeClaims(
      {
        ...request,
        origins: ["https://live.example.com", "https://*.example.org"],
        strictOrigin: true,
        viewerId: "viewer-1",
        viewerSessionVersion: 3,
        singleUseId: "123e4567-e89b-12d3-a456-426614174000",
        maximumResolution: "HD",
      },
      now,
    );
    expect(claims).toEqual({
      ...good,
      "aws:access-control-allow-origin": "https://live.example.com,https://*.example.org",
      "aws:strict-origin-enforcement": true,
      "aws:viewer-id": "viewer-1",
      "aws:viewer-session-version": 3,
      "aws:single-use-uuid": "123e4567-e89b-12d3-a456-426614174000",
      "aws:maximum-resolution": "HD",
    });
  });

  it("never writes an empty origin", () => {
    expect(() => makeClaims({ ...request, origins: [] }, now)).toThrow(
      'aws:access-control-allow-origin must not be empty; leave it out to allow every origin; got "".  ERR_PLAYBACK_CLAIM',
    );
  });

  it("names every claim that breaks a rule, at once", () => {
    const wrong = { ...request, lifetimeSeconds: 601, viewerId: "x".repeat(41) };
    const error = (() => {
      try {
        makeClaims(wrong, now);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(ClaimError);
    expect((error as ClaimError).faults.map(({ claim }) => claim)).toEqual(["aws:viewer-id", "exp"]);
  });
});

describe("the end", () => {
  it("may be ten minutes ahead with a viewer id, and not a second more", () => {
    expect(() => makeClaims({ ...request, viewerId: "v", lifetimeSeconds: 600 }, now)).not.toThrow();
    expect(() => makeClaims({ ...request, viewerId: "v", lifetimeSeconds: 602 }, now)).toThrow(
      "exp must be at most 600 s ahead with aws:viewer-id",
    );
  });

  it("may be ten minutes ahead for single use, and not a second more", () => {
    const singleUseId = "123e4567-e89b-12d3-a456-426614174000";
    expect(() => makeClaims({ ...request, singleUseId, lifetimeSeconds: 600 }, now)).not.toThrow();
    expect(() => makeClaims({ ...request, singleUseId, lifetimeSeconds: 602 }, now)).toThrow(
      "exp must be at most 600 s ahead with aws:single-use-uuid",
    );
  });

  it("may be hours ahead for nobody in particular", () => {
    expect(() => makeClaims({ ...request, lifetimeSeconds: 86_400 }, now)).not.toThrow();
  });

  it.each([
    ["milliseconds", now + 300_000, "exp must be in seconds since 1970; this is in milliseconds"],
    ["a fraction", seconds + 0.5, "exp must be a whole number, in seconds since 1970"],
    ["a text", String(seconds), "exp must be a whole number, in seconds since 1970"],
    ["this moment", now / 1000, "exp must be a whole number, in seconds since 1970"],
    ["the past", seconds - 1, "exp must be ahead"],
  ])("is refused as %s", (_, exp, rule) => {
    expect(rulesOf({ ...good, exp })).toContain(rule);
  });
});

describe("claimFaults", () => {
  it.each([
    ["aws:channel-arn", undefined, "must be there"],
    ["aws:channel-arn", 1, "must be the ARN of a channel"],
    ["aws:channel-arn", "arn:aws:ivs:us-west-2:111122223333:stream-key/AbCdEf123456", "must be the ARN of a channel"],
    ["exp", undefined, "must be there"],
    ["aws:access-control-allow-origin", 1, "must be a text: a list of origins with commas between them"],
    ["aws:access-control-allow-origin", " ", "must not be empty; leave it out to allow every origin"],
    [
      "aws:access-control-allow-origin",
      "https://a.example/path",
      "must be origins such as https://live.example.com, in small letters, without a path",
    ],
    ["aws:strict-origin-enforcement", "true", "must be true or false"],
    ["aws:single-use-uuid", "once", "must be a UUID"],
    ["aws:viewer-id", "", "must be 1 to 40 characters"],
    ["aws:viewer-id", 7, "must be 1 to 40 characters"],
    ["aws:viewer-session-version", -1, "must be a whole number from 0"],
    ["aws:viewer-session-version", 1.5, "must be a whole number from 0"],
    ["aws:maximum-resolution", "4K", "must be one of SD, HD, FULL_HD"],
    ["iat", seconds, "is not a claim that IVS knows"],
  ])("says of %s %j that it %s", (claim, value, rule) => {
    expect(rulesOf({ ...good, "aws:viewer-id": "v", [claim]: value })).toContain(`${claim} ${rule}`);
  });

  it("takes a viewer id of 40 characters, whatever their width, and not of 41", () => {
    expect(rulesOf({ ...good, "aws:viewer-id": "🎬".repeat(40) })).toEqual([]);
    expect(rulesOf({ ...good, "aws:viewer-id": "🎬".repeat(41) })).toEqual([
      "aws:viewer-id must be 1 to 40 characters",
    ]);
  });

  it("takes five strict origins and not six, and six that are not strict", () => {
    const list = (count: number) => Array.from({ length: count }, (_, at) => `https://${at}.example.com`).join(",");
    const strict = { ...good, "aws:strict-origin-enforcement": true };
    expect(rulesOf({ ...strict, "aws:access-control-allow-origin": list(5) })).toEqual([]);
    expect(rulesOf({ ...strict, "aws:access-control-allow-origin": list(6) })).toEqual([
      "aws:access-control-allow-origin must name at most 5 origins with aws:strict-origin-enforcement",
    ]);
    expect(rulesOf({ ...good, "aws:access-control-allow-origin": list(6) })).toEqual([]);
  });

  it("asks for a viewer id where there is a version", () => {
    expect(rulesOf({ ...good, "aws:viewer-session-version": 1 })).toEqual([
      "aws:viewer-session-version needs aws:viewer-id",
    ]);
  });

  it("finds a fault in whatever is no payload, and throws at nothing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(claimFaults(value, now).length).toBeGreaterThan(0);
      }),
    );
  });

  it("finds none in any token that could be made", () => {
    const any = fc.record({
      channelArn: fc.constant(channelArn),
      lifetimeSeconds: fc.integer({ min: 1, max: 600 }),
      origins: fc.option(fc.constant(["https://live.example.com"]), { nil: undefined }),
      strictOrigin: fc.boolean(),
      viewerId: fc.string({ minLength: 1, maxLength: 20 }),
      viewerSessionVersion: fc.integer({ min: 0, max: 2 ** 40 }),
      singleUseId: fc.option(fc.uuid(), { nil: undefined }),
      maximumResolution: fc.option(fc.constantFrom("SD", "HD", "FULL_HD"), { nil: undefined }),
    });
    fc.assert(
      fc.property(any, (asked) => {
        expect(claimFaults(makeClaims(asked, now), now)).toEqual([]);
      }),
    );
  });
});
