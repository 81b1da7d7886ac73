import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Edge, startEdge } from "#local/edge/server.ts";
import type { Service, ServiceRequest } from "#local/service.ts";
import { type Keys, send, sign } from "../fixture/signature.ts";

const keys: Keys = { accessKeyId: "AKID", secretAccessKey: "secret" };

let edge: Edge;
let upstream: Server;
let handler: (incoming: IncomingMessage, body: Buffer) => { status: number; headers?: string[]; body?: string };
let seen: { url: string | undefined; headers: string[]; body: Buffer }[];
let asked: [string, Record<string, unknown>][];
let lines: string[];

/** A service in ten lines: it echoes what reaches it. */
const echo: Service = {
  name: "ivs",
  permissions: ({ path }) => [{ action: `ivs:${path.slice(1)}`, resource: "*", context: { "ivs:Test": "1" } }],
  handle: async (wanted: ServiceRequest) => {
    if (wanted.path === "/Fail") throw new Error("broken");
    if (wanted.path === "/Delete") return { status: 204 };
    const { accountId, region, body, method, query } = wanted;
    const content = { accountId, region, method, body: body.toString(), query: [...query] };
    return { status: 200, headers: { "x-amzn-errortype": "None" }, body: content };
  },
  save: () => ({}),
  restore: () => undefined,
  revision: 0,
};

const iam = async <Answer>(route: string, question: unknown): Promise<Answer> => {
  asked.push([route, question as Record<string, unknown>]);
  return (route === "authenticate" ? { accountId: "111122223333" } : {}) as Answer;
};

beforeEach(async () => {
  seen = [];
  asked = [];
  lines = [];
  handler = () => ({ status: 200, body: "ok" });
  upstream = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    seen.push({ url: incoming.url, headers: incoming.rawHeaders, body });
    const answer = handler(incoming, body);
    outgoing.writeHead(answer.status, answer.headers ?? []);
    outgoing.end(answer.body);
  });
  upstream.on("upgrade", (_, socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    socket.pipe(socket);
  });
  upstream.listen(0, "127.0.0.1");
  await once(upstream, "listening");
  edge = await startEdge(0, { "GET /_onair/health": async () => ({ state: "running" }) }, (line) => lines.push(line));
});
afterEach(async () => {
  await edge.close();
  upstream.closeAllConnections();
  upstream.close();
});

const open = () =>
  edge.open({
    ministack: { port: (upstream.address() as AddressInfo).port, secret: "hush" },
    services: [echo],
    askIam: iam,
    playback: (incoming, outgoing) => outgoing.end(`played ${incoming.url}`),
    chat: (incoming, client) => client.end(`HTTP/1.1 403 Forbidden\r\n\r\nno token at ${incoming.url}`),
  });
const endpoint = () => `http://127.0.0.1:${edge.port}`;
const signed = (service: string, path: string, body: string | Buffer = "", method = "POST") => {
  const wanted = { endpoint: endpoint(), service, path, body, method };
  return send({ ...wanted, headers: sign(wanted, keys) });
};

describe("before the cloud is up", () => {
  it("calls are told that it is starting, and its health can be asked", async () => {
    const answer = await signed("s3", "/bucket");
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      503,
      { code: "STARTING", message: "The local cloud is starting." },
    ]);
    expect(JSON.parse((await send({ endpoint: endpoint(), method: "GET", path: "/_onair/health" })).text)).toEqual({
      state: "running",
    });
  });
});

describe("a call to the emulator", () => {
  it("arrives as it was sent, every byte of it, with the secret", async () => {
    open();
    const body = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 256));
    await signed("s3", "/bucket/a%20b//c?x=%2F&y", body, "PUT");
    expect(seen[0]?.url).toBe("/bucket/a%20b//c?x=%2F&y");
    expect(seen[0]?.body.equals(body)).toBe(true);
    expect(seen[0]?.headers).toEqual(expect.arrayContaining(["x-onair-secret", "hush", "x-onair-transport", "https"]));
    expect(seen[0]?.headers.slice(0, 2)).toEqual(["Host", `127.0.0.1:${edge.port}`]);
  });

  it("is answered as the emulator answers, repeated headers included", async () => {
    open();
    handler = () => ({
      status: 404,
      headers: ["Set-Cookie", "a=1", "Set-Cookie", "b=2", "X-Odd", "1"],
      body: "<Error/>",
    });
    const answer = await signed("s3", "/bucket/none", "", "GET");
    expect(answer).toMatchObject({
      status: 404,
      text: "<Error/>",
      headers: { "set-cookie": ["a=1", "b=2"], "x-odd": "1" },
    });
  });

  it("counts as a change unless it is known to read", async () => {
    open();
    await signed("s3", "/bucket/key", "", "GET");
    expect(edge.changes).toBe(0);
    await signed("s3", "/bucket/key", "", "PUT");
    expect(edge.changes).toBe(1);
  });

  it("is held for the moment of a capture if it changes something, and not if it reads", async () => {
    open();
    let release = () => {};
    const capture = edge.gate.hold(() => new Promise<void>((resolve) => (release = resolve)));
    const change = signed("s3", "/bucket/key", "", "PUT");
    await signed("s3", "/bucket/key", "", "GET");
    await sleep(20);
    expect(seen).toHaveLength(1);
    release();
    await Promise.all([capture, change]);
    expect(seen).toHaveLength(2);
  });

  it("is answered 502 when the emulator is gone, and the edge goes on", async () => {
    open();
    upstream.closeAllConnections();
    upstream.close();
    const answer = await signed("s3", "/bucket");
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([502, "PART_UNREACHABLE"]);
  });

  it("is given up when its client goes away", async () => {
    open();
    let closed = false;
    upstream.removeAllListeners("request").on("request", (incoming) => {
      incoming.socket.on("close", () => {
        closed = true;
      });
    });
    const wanted = { endpoint: endpoint(), service: "s3", path: "/bucket", method: "GET" };
    const sent = request(`${endpoint()}/bucket`, { headers: sign(wanted, keys), agent: false });
    sent.on("error", () => undefined).end();
    await sleep(50);
    sent.destroy();
    await sleep(50);
    expect(closed).toBe(true);
  });
});

describe("an upgrade", () => {
  it("goes through to the emulator, and bytes go both ways", async () => {
    open();
    const socket = connect(edge.port, "127.0.0.1");
    const head = `GET /prod HTTP/1.1\r\nHost: 0a1b2c3d.execute-api.localhost:${edge.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    socket.write(head);
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
    socket.write("ping");
    expect(String((await once(socket, "data"))[0])).toBe("ping");
    socket.destroy();
  });

  it("of a stranger is refused", async () => {
    open();
    const socket = connect(edge.port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n(.|\r\n)*HOST_REFUSED/);
    socket.destroy();
  });

  it("whose client is gone before it is refused does not end the process", async () => {
    const uncaught: Error[] = [];
    const note = (error: Error) => uncaught.push(error);
    process.on("uncaughtExceptionMonitor", note);
    for (let times = 0; times < 10; times += 1) {
      const socket = connect(edge.port, "127.0.0.1");
      await once(socket, "connect");
      const head = "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
      socket.write(head, () => socket.resetAndDestroy());
      await once(socket, "close");
      await sleep(20);
    }
    process.off("uncaughtExceptionMonitor", note);
    expect(uncaught).toEqual([]);
  });
});

describe("what players and chat clients ask for", () => {
  it("goes to the video engine without a signature, from any page", async () => {
    open();
    const path = "/api/video/v1/us-west-2.000000000000.channel.abcdefghijkl.m3u8?token=t";
    const headers = { origin: "https://site.example", "sec-fetch-site": "cross-site" };
    const answer = await send({ endpoint: endpoint(), method: "GET", path, headers });
    expect(answer.text).toBe(`played ${path}`);
  });

  it("is the emulator's where it is signed: a bucket may be named api", async () => {
    open();
    await signed("s3", "/api/video/v1/object", "", "GET");
    expect(seen[0]?.url).toBe("/api/video/v1/object");
  });

  it("is refused by any other method, as an unsigned call is", async () => {
    open();
    const answer = await send({ endpoint: endpoint(), method: "POST", path: "/api/video/v1/x" });
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([403, "UNSIGNED_REFUSED"]);
  });

  it("goes to the chat engine where it is a WebSocket on chat's path", async () => {
    open();
    const socket = connect(edge.port, "127.0.0.1");
    const upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nOrigin: https://site.example\r\n\r\n";
    socket.write(`GET /chat HTTP/1.1\r\nHost: 127.0.0.1:${edge.port}\r\n${upgrade}`);
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toBe("HTTP/1.1 403 Forbidden\r\n\r\nno token at /chat");
  });

  it("is refused where it names a host that is not this machine's", async () => {
    open();
    const head = "Host: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    const socket = connect(edge.port, "127.0.0.1");
    socket.write(`GET /chat HTTP/1.1\r\n${head}`);
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n(.|\r\n)*HOST_REFUSED/);
    socket.destroy();
  });
});

describe("a call to an engine of ours", () => {
  it("is authenticated, authorized and handled, in this order", async () => {
    open();
    const answer = await signed("ivs", "/GetChannel?a=1&a=2", '{"arn":"x"}');
    expect(answer.status).toBe(200);
    expect(answer.headers["x-amzn-requestid"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(answer.text)).toEqual({
      accountId: "111122223333",
      region: "us-east-1",
      method: "POST",
      body: '{"arn":"x"}',
      query: [
        ["a", "1"],
        ["a", "2"],
      ],
    });
    expect(asked.map(([route]) => route)).toEqual(["authenticate", "authorize"]);
    expect(asked[0]?.[1]).toMatchObject({ accessKeyId: "AKID", method: "POST", path: "/GetChannel", query: "a=1&a=2" });
    expect(asked[1]?.[1]).toEqual({
      accessKeyId: "AKID",
      service: "ivs",
      region: "us-east-1",
      transport: "https",
      permissions: [{ action: "ivs:GetChannel", resource: "*", context: { "ivs:Test": "1" } }],
    });
    expect(seen).toEqual([]);
  });

  it("without a body in its answer gets none", async () => {
    open();
    const answer = await signed("ivs", "/Delete");
    expect([answer.status, answer.text, answer.headers["content-type"]]).toEqual([204, "", undefined]);
  });

  it("whose engine fails is answered 500, and the reason goes to the log alone", async () => {
    open();
    const answer = await signed("ivs", "/Fail");
    expect([answer.status, answer.headers["x-amzn-errortype"]]).toEqual([500, "InternalServerException"]);
    expect(answer.text).not.toContain("broken");
    expect(lines[0]).toMatch(/^POST \/Fail failed: Error: broken/);
  });

  it("is refused when its body is not the one that was signed, or too large", async () => {
    open();
    const wanted = { endpoint: endpoint(), service: "ivs", path: "/GetChannel", body: "{}" };
    const forged = await send({ ...wanted, headers: sign(wanted, keys), body: '{"a":1}' });
    expect([forged.status, forged.headers["x-amzn-errortype"]]).toEqual([403, "InvalidSignatureException"]);
    const large = await signed("ivs", "/GetChannel", "x".repeat(1024 * 1024 + 1));
    expect(large.status).toBe(413);
  });
});

describe("a malformed request", () => {
  it("is refused with what is wrong", async () => {
    open();
    const answer = await send({ endpoint: endpoint(), method: "GET", path: "/%E0%A4%A" });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      400,
      { code: "MALFORMED", message: "The request has a path that cannot be decoded." },
    ]);
  });
});
