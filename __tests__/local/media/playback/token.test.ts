import { createHmac, generateKeyPairSync, sign as signBytes } from "node:crypto";
import fc from "fast-check";
import { exportSPKI, generateKeyPair, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { readToken } from "#local/media/playback/token.ts";
import { check, emptyMemory, goodClaims, pair, pem, refusalText, requestFrom, sign } from "./fixture.ts";

const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const segments = "token contains an invalid number of segments";

/** Signs any bytes as header and payload, as no JWT library would. */
const signRaw = (header: string, payload: string) => {
  const signature = signBytes("sha384", Buffer.from(`${header}.${payload}`), {
    key: pair.privateKey as never,
    dsaEncoding: "ieee-p1363",
  });
  return `${header}.${payload}.${signature.toString("base64url")}`;
};
const goodHeader = segment({ alg: "ES384", typ: "JWT" });

describe("a signature", () => {
  test("of any imported key counts", async () => {
    const other = await generateKeyPair("ES384");
    const keys = [await exportSPKI(other.publicKey), pem];
    expect(check(await sign(), requestFrom(), emptyMemory(), keys).allowed).toBe(true);
    const foreign = await sign({}, {}, other.privateKey);
    expect(check(foreign, requestFrom(), emptyMemory(), keys).allowed).toBe(true);
    expect(refusalText(check(foreign))).toBe("signature is invalid");
  });

  test("of a deleted key no longer counts", async () => {
    expect(refusalText(check(await sign(), requestFrom(), emptyMemory(), []))).toBe("signature is invalid");
  });

  test("in DER, as KMS makes it, does not count", () => {
    const payload = segment(goodClaims);
    const der = signBytes("sha384", Buffer.from(`${goodHeader}.${payload}`), pair.privateKey as never);
    expect(refusalText(check(`${goodHeader}.${payload}.${der.toString("base64url")}`))).toBe("signature is invalid");
  });

  test("of zeros does not count", () => {
    const token = `${goodHeader}.${segment(goodClaims)}.${Buffer.alloc(96).toString("base64url")}`;
    expect(refusalText(check(token))).toBe("signature is invalid");
  });
});

describe("another algorithm", () => {
  test("none is refused, with and without a signature", () => {
    const header = segment({ alg: "none", typ: "JWT" });
    expect(refusalText(check(`${header}.${segment(goodClaims)}.`))).toBe('alg must be ES384, it is "none"');
    expect(refusalText(check(signRaw(header, segment(goodClaims))))).toBe('alg must be ES384, it is "none"');
  });

  test.each([pem, pem.trim()])("HS256 with the public key as its secret is refused", (secret) => {
    const head = `${segment({ alg: "HS256", typ: "JWT" })}.${segment(goodClaims)}`;
    const token = `${head}.${createHmac("sha256", secret).update(head).digest("base64url")}`;
    expect(refusalText(check(token))).toBe('alg must be ES384, it is "HS256"');
  });

  test("ES256 is refused, as such and under the name of ES384", async () => {
    const es256 = await generateKeyPair("ES256");
    const token = await new SignJWT(goodClaims).setProtectedHeader({ alg: "ES256", typ: "JWT" }).sign(es256.privateKey);
    expect(refusalText(check(token))).toBe('alg must be ES384, it is "ES256"');
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const head = `${goodHeader}.${segment(goodClaims)}`;
    const signature = signBytes("sha384", Buffer.from(head), { key: privateKey, dsaEncoding: "ieee-p1363" });
    const keys = [publicKey.export({ type: "spki", format: "pem" }).toString()];
    expect(refusalText(check(`${head}.${signature.toString("base64url")}`, requestFrom(), emptyMemory(), keys))).toBe(
      "signature is invalid",
    );
  });
});

describe("a header", () => {
  test.each([
    [{ typ: undefined }, "typ must be JWT, it is undefined"],
    [{ typ: "at+jwt" }, 'typ must be JWT, it is "at+jwt"'],
    [{ typ: "x".repeat(99) }, `typ must be JWT, it is "${"x".repeat(39)}`],
    [{ alg: ["ES384"] }, 'alg must be ES384, it is ["ES384"]'],
    [{ crit: ["exp"] }, "crit is not supported"],
  ])("%j is refused", (header, refusal) => {
    const text = segment({ alg: "ES384", typ: "JWT", ...header });
    expect(refusalText(check(signRaw(text, segment(goodClaims))))).toBe(refusal);
  });

  test("a key id changes nothing", async () => {
    expect(check(await sign({}, { kid: "../../etc/passwd" })).allowed).toBe(true);
  });
});

describe("a malformed token", () => {
  test.each([
    ["", segments],
    ["a.b", segments],
    ["a.b.c.d", segments],
    ["..", "token is not base64url"],
    ["a.b.c", "token is not base64url"],
    [`${"A".repeat(8000)}.${"A".repeat(100)}.${"A".repeat(128)}`, "token is too long"],
    [signRaw(segment([]), segment(goodClaims)), "token header is not a JSON object"],
    [signRaw(goodHeader, segment(null)), "token payload is not a JSON object"],
    [signRaw(goodHeader, segment("text")), "token payload is not a JSON object"],
    [signRaw(goodHeader, Buffer.from("{").toString("base64url")), "token payload is not JSON"],
    [signRaw(goodHeader, Buffer.from('{"exp":"\xff"}', "latin1").toString("base64url")), "token payload is not JSON"],
    [`${signRaw(goodHeader, segment(goodClaims))}=`, "token is not base64url"],
    [`${goodHeader}=.${segment(goodClaims)}.AAAA`, "token is not base64url"],
  ])("%.30s is refused", (token, refusal) => {
    expect(refusalText(check(token))).toBe(refusal);
  });

  test("of any form is refused, and never throws", () => {
    const part = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map((text) => Buffer.from(text).toString("base64url")),
    );
    const anything = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join(".")),
      part.map((payload) => `${goodHeader}.${payload}.${Buffer.alloc(96, 1).toString("base64url")}`),
    );
    fc.assert(
      fc.property(anything, (token) => check(token).allowed === false),
      { numRuns: 1000 },
    );
  });
});

test("one changed character anywhere in a token refuses it", async () => {
  const token = await sign({ "aws:viewer-id": "bob" });
  const change = fc.tuple(fc.nat(token.length - 1), fc.constantFrom(..."AZaz09-_.=/+ "));
  const property = fc.property(change, ([at, character]) => {
    const changed = token.slice(0, at) + character + token.slice(at + 1);
    return changed === token || !check(changed).allowed;
  });
  fc.assert(property, { numRuns: 300 });
});

test("claims signed by an imported key are read as they are, whatever they are", () => {
  const property = fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (claims) => {
    const payload = JSON.parse(JSON.stringify(claims));
    expect(readToken(signRaw(goodHeader, segment(payload)), [pem])).toEqual(payload);
    expect(typeof check(signRaw(goodHeader, segment({ ...goodClaims, ...payload }))).allowed).toBe("boolean");
  });
  fc.assert(property, { numRuns: 50 });
});
