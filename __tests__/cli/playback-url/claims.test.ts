import { describe, expect, it } from "vitest";
import { claimsOf } from "#cli/playback-url/claims.ts";
import { type PlaybackUrlOptions, parseLifetime, playbackUrlVerb } from "#cli/playback-url/verb.ts";
import { optionsOf } from "../onair/fixture/parsed-options.ts";

const arn = "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456";
const now = 1_700_000_000_000;
const id = "7c9d0d0e-2b1f-4c53-9f6e-0c6a3b7f1a11";
const claims = (options: Partial<PlaybackUrlOptions>) =>
  claimsOf({ folder: ".onair", expiresIn: 60, ...options }, arn, { now, newId: () => id });
const refusal = (options: Partial<PlaybackUrlOptions>) => {
  try {
    return claims(options);
  } catch (thrown) {
    return thrown;
  }
};
const given = (...words: readonly string[]) => optionsOf(playbackUrlVerb, words);

describe("the options of onair playback-url", () => {
  it("make the claims of a token", () => {
    expect(claims({})).toEqual({ "aws:channel-arn": arn, exp: 1_700_000_060 });
    expect(
      claims({
        ...{ origin: ["https://a.example", "https://b.example"], strictOrigin: true, singleUse: true },
        ...{ viewerId: "v", viewerSessionVersion: 3, maximumResolution: "HD" },
      }),
    ).toEqual({
      "aws:channel-arn": arn,
      exp: 1_700_000_060,
      "aws:access-control-allow-origin": "https://a.example,https://b.example",
      "aws:strict-origin-enforcement": true,
      "aws:viewer-id": "v",
      "aws:viewer-session-version": 3,
      "aws:single-use-uuid": id,
      "aws:maximum-resolution": "HD",
    });
  });

  it("are known by both spellings", () => {
    const ours = given("--channel-arn", arn, "--key-id", "alias/a", "--expires-in", "10m");
    expect(given("--channelArn", arn, "--keyId", "alias/a", "--expiresIn", "600")).toEqual(ours);
    expect(ours).toMatchObject({ channelArn: arn, keyId: "alias/a", expiresIn: 600 });
  });

  it("name one origin after the other", () => {
    const words = ["--expires-in", "1m", "--origin", "https://a.example", "--origin", "https://b.example"];
    expect(given(...words).origin).toEqual(["https://a.example", "https://b.example"]);
  });

  it.each<[Partial<PlaybackUrlOptions>, string]>([
    [{ expiresIn: 601, viewerId: "v" }, "--expires-in must be at most 600 s ahead with --viewer-id; got 601 s."],
    [{ expiresIn: 1800, singleUse: true }, "--expires-in must be at most 600 s ahead with --single-use; got 1800 s."],
    [{ viewerSessionVersion: 2 }, "--viewer-session-version needs --viewer-id; got none."],
    [{ viewerId: "v".repeat(41) }, `--viewer-id must be 1 to 40 characters; got "${"v".repeat(41)}".`],
    [{ origin: [""] }, '--origin must not be empty; leave it out to allow every origin; got "".'],
    [
      { origin: ["live.example.com/"] },
      '--origin must be origins such as https://live.example.com, in small letters, without a path; got "live.example.com/".',
    ],
    [
      { strictOrigin: true, origin: ["a", "b", "c", "d", "e", "f"].map((host) => `https://${host}.example`) },
      "--origin must name at most 5 origins with --strict-origin; got 6 origins.",
    ],
    [{ maximumResolution: "UHD" as "HD" }, '--maximum-resolution must be one of SD, HD, FULL_HD; got "UHD".'],
  ])("are refused by their rules: %j", (options, what) => {
    expect(refusal(options)).toMatchObject({ code: "USAGE", what, why: "Nothing was signed." });
  });
});

describe("the time of a token", () => {
  it.each([
    ["90s", 90],
    ["30m", 1800],
    ["2h", 7200],
    ["1.5h", 5400],
    ["600", 600],
  ])("%s is %i seconds", (text, seconds) => {
    expect(parseLifetime(text)).toBe(seconds);
  });

  it.each(["0", "-5", "1d", "0.5", "", "1e3", "soon"])("is not %j", (text) => {
    expect(() => parseLifetime(text)).toThrow("Write it");
  });
});
