import { describe, expect, test } from "vitest";
import { ask, startPage } from "./fixture.ts";

const target = (operation: string) => ({
  "content-type": "application/x-amz-json-1.1",
  "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
});

describe("a call of the API", () => {
  test("is passed on below the API's address, with its query, its body and who makes it", async () => {
    const { url, passed, upstream } = await startPage();
    const headers = { authorization: "Bearer a.b.c", "content-type": "application/json", "idempotency-key": "1" };
    const body = '{"title":"Ünï"}';
    await ask(url, "/api/stream/me?limit=2&cursor=a%2Fb", { method: "PATCH", headers, body });
    expect(passed).toEqual([
      expect.objectContaining({
        method: "PATCH",
        url: "/_aws/execute-api/a1/$default/stream/me?limit=2&cursor=a%2Fb",
        body,
        headers: expect.objectContaining({ ...headers, host: new URL(upstream).host }),
      }),
    ]);
  });

  test("is answered with the API's status, headers and body, under the page's own rules for browsers", async () => {
    const { url } = await startPage();
    const { status, headers, json } = await ask(url, "/api/public/live");
    expect([status, json()]).toEqual([418, { title: "a teapot" }]);
    expect(headers).toMatchObject({ "content-type": "application/problem+json", "retry-after": "2" });
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["keep-alive"]).not.toBe("timeout=9");
  });

  test("goes without what belongs to this connection, and without cookies", async () => {
    const { url, passed } = await startPage();
    const own = {
      connection: "close, x-own",
      "x-own": "1",
      te: "trailers",
      "proxy-authorization": "secret",
      cookie: "a=b",
    };
    await ask(url, "/api/public/live", { headers: { ...own, "x-other": "2" } });
    const names = Object.keys(passed[0]?.headers ?? {});
    expect(names).toContain("x-other");
    for (const name of ["x-own", "te", "proxy-authorization", "cookie"]) expect(names).not.toContain(name);
  });

  test.each(["/api/../_onair/mail", "/api/%2e%2e/_onair/mail", "/api/./%2E./_onair/mail"])(
    "never leaves the API's address by %s",
    async (path) => {
      const { url, passed } = await startPage();
      expect((await ask(url, path)).status).toBe(200);
      expect(passed).toEqual([]);
    },
  );

  test("with a body above 1 MB is refused", async () => {
    const { url, passed } = await startPage();
    const answer = await ask(url, "/api/stream/me", { method: "PATCH", body: "x".repeat(1_000_001) });
    expect([answer.status, answer.json()]).toEqual([413, expect.objectContaining({ code: "BODY_TOO_LARGE" })]);
    expect(passed).toEqual([]);
  });

  test("that nobody answers is a problem, and is told where the server runs", async () => {
    const { url, reports } = await startPage();
    const answer = await ask(url, "/api/silence");
    expect([answer.status, answer.json()]).toEqual([502, expect.objectContaining({ code: "UPSTREAM_UNREACHABLE" })]);
    expect(reports).toEqual([expect.stringMatching(/^The page: 127\.0\.0\.1:\d+: socket hang up$/)]);
  });
});

describe("a sign-in call", () => {
  test.each(["SignUp", "ConfirmSignUp", "InitiateAuth", "GetTokensFromRefreshToken", "RevokeToken"])(
    "%s is passed on to Cognito, without more than it reads",
    async (operation) => {
      const { url, passed } = await startPage();
      const headers = { ...target(operation), authorization: "Bearer a.b.c", cookie: "a=b", origin: url };
      const { status } = await ask(url, "/cognito/", { method: "POST", headers, body: "{}" });
      expect(status).toBe(418);
      expect(passed).toEqual([expect.objectContaining({ method: "POST", url: "/", body: "{}" })]);
      expect(passed[0]?.headers).toMatchObject(target(operation));
      for (const name of ["authorization", "cookie", "origin"]) expect(passed[0]?.headers).not.toHaveProperty(name);
    },
  );

  test.each([
    ["that only an administrator may make", target("AdminConfirmSignUp")],
    ["that the page has no need of", target("DeleteUser")],
    ["of another service", { "x-amz-target": "DynamoDB_20120810.ListTables" }],
    ["without a name", {}],
  ])("%s is refused", async (_, headers) => {
    const { url, passed } = await startPage();
    const answer = await ask(url, "/cognito/", { method: "POST", headers: { ...headers }, body: "{}" });
    expect([answer.status, answer.json()]).toEqual([403, expect.objectContaining({ code: "OPERATION_REFUSED" })]);
    expect(passed).toEqual([]);
  });

  test("is a POST", async () => {
    const { url } = await startPage();
    const answer = await ask(url, "/cognito/", { headers: target("SignUp") });
    expect([answer.status, answer.json()]).toEqual([405, expect.objectContaining({ code: "METHOD_REFUSED" })]);
  });
});
