import { describe, expect, test } from "vitest";
import { startPageServer } from "#cli/page/page-server.ts";
import { ask, startPage } from "./fixture.ts";

describe("the page's files", () => {
  test.each([
    ["/", "text/html; charset=utf-8", "no-cache"],
    ["/main-stage", "text/html; charset=utf-8", "no-cache"],
    ["/main-stage?at=1", "text/html; charset=utf-8", "no-cache"],
    ["/assets/player-a1b2.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"],
    ["/assets/player-a1b2.wasm", "application/wasm", "public, max-age=31536000, immutable"],
  ])("at %s have the type %s", async (path, type, cache) => {
    const { url } = await startPage();
    const { status, headers } = await ask(url, path);
    expect([status, headers["content-type"], headers["cache-control"]]).toEqual([200, type, cache]);
  });

  test.each([
    "/none.js",
    "/../../package.json",
    "/assets/..%2f..%2fpackage.json",
    "/%2e%2e/package.json",
    "/assets/%00.js",
  ])("at %s are none", async (path) => {
    const { url } = await startPage();
    const answer = await ask(url, path);
    expect([answer.status, answer.json()]).toEqual([404, expect.objectContaining({ code: "FILE_UNKNOWN" })]);
  });

  test("are only read", async () => {
    const { url } = await startPage();
    expect((await ask(url, "/", { method: "HEAD" })).text).toBe("");
    expect((await ask(url, "/", { method: "PUT" })).json()).toMatchObject({ status: 405, code: "METHOD_REFUSED" });
  });

  test("may run themselves, play and chat, and nothing else", async () => {
    const { url, upstream } = await startPage();
    const { headers } = await ask(url, "/");
    expect(headers["content-security-policy"]).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; style-src 'self'; " +
        `img-src 'self' blob:; media-src blob:; connect-src 'self' ws://127.0.0.1:4566 ${upstream} http://127.0.0.1:4566; ` +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
  });
});

describe("strangers", () => {
  test.each(["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "192.168.0.2"])(
    "who name the host %j are refused",
    async (host) => {
      const { url } = await startPage();
      const answer = await ask(url, "/api/public/channels", { headers: { host } });
      expect([answer.status, answer.json()]).toEqual([403, expect.objectContaining({ code: "HOST_REFUSED" })]);
    },
  );

  test.each(["http://evil.example", "null", "http://127.0.0.1:1", "https://localhost"])(
    "whose page is of %s are refused",
    async (origin) => {
      const { url } = await startPage();
      const options = { method: "POST", headers: { origin, "content-type": "application/json" }, body: "{}" };
      const answer = await ask(url, "/api/public/channels/open/chat-token", options);
      expect([answer.status, answer.json()]).toEqual([403, expect.objectContaining({ code: "ORIGIN_REFUSED" })]);
    },
  );

  test("are not those who come by localhost, nor the page itself", async () => {
    const { url, port } = await startPage();
    for (const host of [`localhost:${port}`, `onair.localhost:${port}`, `127.0.0.1:${port}`]) {
      const { status } = await ask(url, "/config.json", { headers: { host, origin: `http://${host}` } });
      expect(status).toBe(200);
    }
  });
});

test("a port that is taken is said to be", async () => {
  const { port, options } = await startPage();
  await expect(startPageServer({ ...options, port })).rejects.toMatchObject({
    code: "PORT_BUSY",
    what: `The page cannot be served: port ${port} belongs to another program.`,
  });
});

test("a page is told where encoders send to on this machine", async () => {
  const rtmpUrl = "rtmp://127.0.0.1:1935/app";
  const { url } = await startPage({ rtmpUrl });
  expect((await ask(url, "/config.json")).json()).toMatchObject({ ingestUrl: rtmpUrl });
});

test("a page is told where users sign in, by an address of its own origin", async () => {
  const { url } = await startPage();
  const { status, headers, json } = await ask(url, "/config.json");
  expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
  expect(json()).toEqual({
    region: "us-west-2",
    userPoolId: "us-west-2_Pool",
    userPoolClientId: "client",
    userPoolEndpoint: "/cognito/",
  });
});
