import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge } from "#local/edge/judge.ts";
import { type RequestHead, readHead } from "#local/edge/request-head.ts";
import { isOwnHost, isOwnOrigin } from "#local/edge/strangers.ts";

type Headers = Readonly<Record<string, string>>;

const ENGINES = new Set(["ivs", "ivschat"]);
const signedFor = (service: string, region = "us-east-1") =>
  `AWS4-HMAC-SHA256 Credential=AKID/20260102/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0a`;
const presignedFor = (service: string) =>
  `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20260102%2Fus-east-1%2F${service}%2Faws4_request&X-Amz-Signature=0a`;

const judged = (method: string, target: string, headers: Headers = {}) => {
  const raw = Object.entries({ host: "127.0.0.1:4566", ...headers }).flat();
  const verdict = judge(readHead(method, target, raw) as RequestHead, ENGINES);
  return verdict.to === "nowhere" ? `${verdict.refusal.status} ${verdict.refusal.body.code}` : verdict.to;
};

const COGNITO = { "x-amz-target": "AWSCognitoIdentityProviderService.SignUp" };
const EVIL = { origin: "https://evil.example" };
const LAMBDA = "/2015-03-31/functions";

describe("where the edge sends a request", () => {
  it.each([
    ["a signed call to a service", "POST", "/", { authorization: signedFor("dynamodb") }, "ministack"],
    ["a signed call to IVS", "POST", "/ListChannels", { authorization: signedFor("ivs") }, "engine"],
    ["a signed call to IVS Chat", "POST", "/ListRooms", { authorization: signedFor("ivschat", "eu-west-1") }, "engine"],
    [
      "a call to IVS where it does not exist",
      "POST",
      "/",
      { authorization: signedFor("ivs", "eu-north-1") },
      "400 NO_SUCH_REGION",
    ],
    [
      "a call to a service that nobody stands for",
      "GET",
      "/prod/channels",
      { authorization: signedFor("medialive") },
      "400 NOT_EMULATED",
    ],
    ["a presigned S3 address", "GET", `/bucket/key?${presignedFor("s3")}`, {}, "ministack"],
    ["a presigned S3 address used by a page", "PUT", `/bucket/key?${presignedFor("s3")}`, EVIL, "ministack"],
    [
      "a form for a bucket from a page",
      "POST",
      "/bucket",
      { ...EVIL, "content-type": "multipart/form-data; boundary=x" },
      "ministack",
    ],
    ["a bucket's POST that is no form", "POST", "/bucket", EVIL, "403 ORIGIN_REFUSED"],
    [
      "a form for an object",
      "POST",
      "/bucket/key",
      { "content-type": "multipart/form-data; boundary=x" },
      "403 UNSIGNED_REFUSED",
    ],
    [
      "a presigned address of S3's control plane in a page",
      "POST",
      `/v20180820/accesspoint/x?${presignedFor("s3")}`,
      EVIL,
      "403 ORIGIN_REFUSED",
    ],
    ["its preflight", "OPTIONS", `/bucket/key?${presignedFor("s3")}`, EVIL, "ministack"],
    [
      "a presigned address of another service in a page",
      "POST",
      `${LAMBDA}?${presignedFor("lambda")}`,
      EVIL,
      "403 ORIGIN_REFUSED",
    ],
    ["a sign-up", "POST", "/", COGNITO, "ministack"],
    ["a sign-up from a page", "POST", "/", { ...COGNITO, ...EVIL }, "ministack"],
    [
      "its preflight",
      "OPTIONS",
      "/",
      { ...EVIL, "access-control-request-headers": "content-type,x-amz-target" },
      "ministack",
    ],
    [
      "a preflight that asks for a signature",
      "OPTIONS",
      "/",
      { ...EVIL, "access-control-request-headers": "authorization,x-amz-target" },
      "403 ORIGIN_REFUSED",
    ],
    [
      "an unsigned call of Cognito's control plane",
      "POST",
      "/",
      { "x-amz-target": "AWSCognitoIdentityProviderService.AdminGetUser" },
      "403 UNSIGNED_REFUSED",
    ],
    ["Cognito's name on another path", "POST", LAMBDA, COGNITO, "403 UNSIGNED_REFUSED"],
    [
      "Cognito's name on a bucket's host",
      "POST",
      "/",
      { ...COGNITO, host: "bucket.localhost:4566" },
      "403 UNSIGNED_REFUSED",
    ],
    ["a pool's keys", "GET", "/us-east-1_Ab12/.well-known/jwks.json", EVIL, "ministack"],
    ["a token request of a sign-in page", "POST", "/oauth2/token", EVIL, "ministack"],
    ["an API by its host", "DELETE", "/any", { host: "0a1b2c3d.execute-api.localhost:4566", ...EVIL }, "ministack"],
    ["an API by its path", "POST", "/_aws/execute-api/0a1b2c3d/$default/x", { authorization: "Bearer t" }, "ministack"],
    ["a REST API by its path", "GET", "/restapis/0a1b2c3d/dev/_user_request_/x", {}, "ministack"],
    ["a REST API's definition", "GET", "/restapis/0a1b2c3d/resources", {}, "403 UNSIGNED_REFUSED"],
    ["an unsigned read of a bucket", "GET", "/bucket/key", {}, "403 UNSIGNED_REFUSED"],
    [
      "a form that posts to a bucket",
      "POST",
      "/bucket",
      { "content-type": "multipart/form-data" },
      "403 UNSIGNED_REFUSED",
    ],
    ["a bearer token on the control plane", "GET", LAMBDA, { authorization: "Bearer t" }, "403 UNSIGNED_REFUSED"],
    [
      "a signed call from a page of this machine",
      "POST",
      "/",
      { authorization: signedFor("s3"), origin: "http://localhost:5173" },
      "ministack",
    ],
    [
      "a signed call from a foreign page",
      "POST",
      "/",
      { authorization: signedFor("s3"), ...EVIL },
      "403 ORIGIN_REFUSED",
    ],
    [
      "a signed call from a sandboxed page",
      "POST",
      "/",
      { authorization: signedFor("s3"), origin: "null" },
      "403 ORIGIN_REFUSED",
    ],
    [
      "a signed call across sites",
      "GET",
      "/",
      { authorization: signedFor("s3"), "sec-fetch-site": "cross-site" },
      "403 CROSS_SITE_REFUSED",
    ],
    [
      "a call to a foreign name",
      "POST",
      LAMBDA,
      { host: "rebind.evil.example", authorization: signedFor("lambda") },
      "403 HOST_REFUSED",
    ],
    [
      "an API call to a foreign name",
      "GET",
      "/_aws/execute-api/0a/$default/",
      { host: "rebind.evil.example" },
      "403 HOST_REFUSED",
    ],
    ["the health page", "GET", "/_onair/health", {}, "ourselves"],
    ["the health page for a foreign page", "GET", "/_onair/health", EVIL, "403 ORIGIN_REFUSED"],
    [
      "the launcher's own routes, encoded",
      "POST",
      "/%5Fonair/save",
      { authorization: signedFor("s3") },
      "404 NO_SUCH_PATH",
    ],
    ["the emulator's reset", "POST", "/_ministack/reset", { authorization: signedFor("s3") }, "404 NO_SUCH_PATH"],
    [
      "the emulator's reset, encoded",
      "POST",
      "/%5fministack%2Freset",
      { authorization: signedFor("s3") },
      "404 NO_SUCH_PATH",
    ],
  ] as [string, string, string, Headers, string][])("%s", (_, method, target, headers, expected) => {
    expect(judged(method, target, headers)).toBe(expected);
  });

  it("refuses what a web page could send to a bare emulator to run code here", () => {
    const attack = { host: "rebind.evil.example", origin: "https://evil.example", "content-type": "text/plain" };
    expect(judged("POST", LAMBDA, attack)).toBe("403 HOST_REFUSED");
    expect(judged("POST", LAMBDA, { ...attack, host: "127.0.0.1:4566" })).toBe("403 ORIGIN_REFUSED");
    expect(judged("POST", LAMBDA, { "content-type": "text/plain" })).toBe("403 UNSIGNED_REFUSED");
  });

  it("says which host it was asked for", () => {
    const head = readHead("GET", "/", ["Host", "rebind.evil.example"]) as RequestHead;
    const verdict = judge(head, ENGINES);
    expect(verdict.to === "nowhere" && verdict.refusal.body.message).toBe(
      'The local cloud answers to 127.0.0.1, localhost and *.localhost only; this request names "rebind.evil.example".',
    );
  });
});

describe("a host of this machine", () => {
  it.each(["127.0.0.1", "localhost", "bucket.localhost", "a.b-c.execute-api.localhost"])("is %s", (host) => {
    expect(isOwnHost(host)).toBe(true);
  });

  it.each([
    "",
    "127.0.0.2",
    "0.0.0.0",
    "[::1]",
    "localhost.",
    "localhost.evil.example",
    "evil.example",
    "notlocalhost",
    "127.0.0.1.nip.io",
    ".localhost",
    "a@localhost",
    "a/.localhost",
  ])("is not %j", (host) => {
    expect(isOwnHost(host)).toBe(false);
  });

  it("is no name of the domain name system that does not end in localhost", () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        expect(isOwnHost(domain)).toBe(domain === "localhost" || domain.endsWith(".localhost"));
      }),
    );
  });
});

describe("an origin of this machine", () => {
  it.each(["http://localhost", "http://localhost:5173", "https://127.0.0.1:8443", "http://page.localhost:4566"])(
    "is %s",
    (origin) => {
      expect(isOwnOrigin(origin)).toBe(true);
    },
  );

  it.each([
    "null",
    "",
    "file://",
    "https://evil.example",
    "http://localhost.evil.example",
    "http://user@localhost",
    "chrome-extension://localhost",
    "http://localhost:5173/path",
  ])("is not %j", (origin) => {
    expect(isOwnOrigin(origin)).toBe(false);
  });

  it("is no other web address", () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        expect(isOwnOrigin(new URL(url).origin)).toBe(false);
      }),
      { numRuns: 20 },
    );
  });
});
