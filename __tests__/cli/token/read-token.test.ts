import { createSign, generateKeyPairSync, sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainClaims } from "#cli/token/explain.ts";
import { readToken, tokenIn } from "#cli/token/read-token.ts";
import { signedBy } from "#cli/token/signed-by.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
const other = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey;
const now = 1_700_000_000_000;
const arn = "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456";
const good = { "aws:channel-arn": arn, exp: 1_700_000_060 };

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const make = (claims: unknown = good, header: unknown = { alg: "ES384", typ: "JWT" }) => {
  const text = `${part(header)}.${part(claims)}`;
  const key = { key: privateKey, dsaEncoding: "ieee-p1363" } as const;
  return `${text}.${sign("sha384", Buffer.from(text), key).toString("base64url")}`;
};
const faults = (token: string) =>
  readToken(token, now).faults.map(({ claim, rule, got }) => `${claim} ${rule}; got ${got}`);

describe("a token that is inspected", () => {
  it("has nothing wrong when it is good, and is known by its key", () => {
    const token = readToken(make(), now);
    expect(token).toMatchObject({ claims: good, faults: [] });
    expect(
      signedBy(token, [
        { title: "other", publicKey: other },
        { title: "ours", publicKey },
      ]),
    ).toEqual({
      ...{ state: "signed", key: "ours" },
    });
    expect(signedBy(token, [{ title: "other", publicKey: other }])).toEqual({ state: "not-signed", keys: ["other"] });
  });

  it("is found in an address", () => {
    const token = make();
    for (const text of [
      token,
      ` ${token}\n`,
      `https://a.example/x.m3u8?token=${token}`,
      `/x?a=1&token=${token}&b=2#c`,
    ]) {
      expect(tokenIn(text)).toBe(token);
    }
  });

  it.each<[string, string, readonly string[]]>([
    ["two parts", "a.b", ["token must be three parts with a point between them; got 2"]],
    ["nothing", "", ["token must be three parts with a point between them; got 1"]],
    ["another algorithm", make(good, { alg: "ES256", typ: "JWT" }), ['header.alg must be ES384; got "ES256"']],
    ["no type", make(good, { alg: "ES384" }), ["header.typ must be JWT; got nothing"]],
    [
      "critical extensions",
      make(good, { alg: "ES384", typ: "JWT", crit: [] }),
      ["header.crit must not be there; got []"],
    ],
    [
      "an end in milliseconds",
      make({ ...good, exp: now + 60_000 }),
      ["exp must be in seconds since 1970; this is in milliseconds; got 1700000060000"],
    ],
    ["an end that is past", make({ ...good, exp: 1_699_999_990 }), ["exp must be ahead; got 1699999990, 10 s ago"]],
    ["a claim of another kind", make({ ...good, sub: "me" }), ['sub is not a claim that IVS knows; got "me"']],
    ["a list for claims", make([]), ["payload must be a JSON object; got 2 other bytes"]],
    [
      "padding",
      make().replace(/\.(\w+)/, ".$1=="),
      [`payload must be base64url without padding; got ${part(good).length + 2} other characters`],
    ],
    ["half a signature", make().slice(0, -64), ["signature must be 96 bytes, r and s; got 48 bytes"]],
  ])("says what is wrong with %s", (_, token, said) => {
    expect(faults(token)).toEqual(said);
  });

  it("knows a signature as KMS answers it", () => {
    const text = make().split(".").slice(0, 2).join(".");
    const der = createSign("sha384").update(text).sign(privateKey);
    expect(faults(`${text}.${der.toString("base64url")}`)).toEqual([
      `signature must be 96 bytes, r and s; got ${der.length} bytes of DER, as KMS answers`,
    ]);
  });

  it("is never checked by a key where it names another algorithm", () => {
    const token = readToken(make(good, { alg: "none", typ: "JWT" }), now);
    expect(signedBy(token, [{ title: "ours", publicKey }]).state).toBe("not-checked");
  });

  it("never throws, and is never repeated in what is said of it", () => {
    const parts = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map((json) => Buffer.from(json).toString("base64url")),
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 4 }), (some) => {
        const token = some.join(".");
        const { claims, faults: found } = readToken(token, now);
        expect(claims === undefined || typeof claims === "object").toBe(true);
        expect(found.length).toBeGreaterThan(0);
        if (token.length > 20) expect(JSON.stringify(found)).not.toContain(token);
      }),
    );
  });
});

describe("what a token allows", () => {
  const words = (claims: object) => Object.fromEntries(explainClaims(claims as Record<string, unknown>, now));

  it("is said claim by claim, and of those that are not there", () => {
    const bare = words(good);
    expect(Object.values(bare)).toEqual([
      `plays ${arn}, and nothing else`,
      expect.stringMatching(
        /^playback can begin until 2023-11-1[45] [\d:]{8} [+-]\d\d:\d\d, in 1 min \(1700000060, in seconds\)$/,
      ),
      "on pages of every origin",
      "the page is checked by browsers alone",
      "for nobody in particular: what it plays cannot be revoked",
      "version 0: any revocation of the viewer ends what it plays",
      "begins playback as often as it likes",
      "the best picture of the channel",
    ]);
    expect(
      words({
        ...{ "aws:access-control-allow-origin": "https://a.example,https://b.example", "aws:viewer-id": "v" },
        ...{ "aws:strict-origin-enforcement": true, "aws:viewer-session-version": 2, "aws:maximum-resolution": "SD" },
        "aws:single-use-uuid": "id",
      }),
    ).toEqual({
      "aws:channel-arn": "missing: names no channel, so it plays none",
      exp: "missing: has no end, so it is refused",
      "aws:access-control-allow-origin": "on pages of https://a.example, https://b.example",
      "aws:strict-origin-enforcement": "the page is checked with every playlist and segment, by IVS itself",
      "aws:viewer-id": "for viewer v, whose sessions can be revoked",
      "aws:viewer-session-version": "version 2: a revocation up to it ends what it plays",
      "aws:single-use-uuid": "begins playback once (id)",
      "aws:maximum-resolution": "no better picture than SD",
    });
  });

  it("names milliseconds as such", () => {
    expect(words({ exp: now + 60_000 }).exp).toMatch(
      /^1700000060000 is in milliseconds, for 2023-.*, in 1 min; IVS reads seconds, so that it would never end$/,
    );
  });

  it.each([1e300, -1e300, Number.NaN, "soon", null, [], 8.64e15])("takes any end: %s", (exp) => {
    expect(words({ exp }).exp).toEqual(expect.any(String));
  });
});
