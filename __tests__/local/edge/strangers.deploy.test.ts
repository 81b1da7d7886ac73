import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnCloud, startOwnCloud } from "../fixture/own-cloud.ts";
import { descendantsOf, listeningSockets } from "../fixture/processes.ts";
import { presign, send, sign } from "../fixture/signature.ts";

let own: OwnCloud;
beforeAll(async () => {
  own = await startOwnCloud();
});
afterAll(() => own?.[Symbol.asyncDispose]());

const functionOfAttacker = JSON.stringify({
  FunctionName: "attack",
  Runtime: "nodejs20.x",
  Role: "arn:aws:iam::000000000000:role/any",
  Handler: "index.handler",
  Code: { ZipFile: "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==" },
});

const attack = (headers: Readonly<Record<string, string>>, path = "/2015-03-31/functions") =>
  send({
    endpoint: own.cloud.endpoint,
    path,
    headers: { "content-type": "text/plain", ...headers },
    body: functionOfAttacker,
  });

const codeOf = (text: string) => (JSON.parse(text) as { code: string }).code;

const functions = async () => {
  const wanted = { endpoint: own.cloud.endpoint, service: "lambda", method: "GET", path: "/2015-03-31/functions/" };
  const { text } = await send({ ...wanted, headers: sign(wanted, own.root) });
  return (JSON.parse(text) as { Functions: unknown[] }).Functions;
};

describe("a web page that attacks the local cloud", () => {
  it("cannot create a function through a name that was pointed here", async () => {
    const answer = await attack({ host: "rebind.evil.example", origin: "https://evil.example" });
    expect([answer.status, codeOf(answer.text)]).toEqual([403, "HOST_REFUSED"]);
  });

  it("cannot create a function by our own name", async () => {
    const answer = await attack({ host: "127.0.0.1", origin: "https://evil.example" });
    expect([answer.status, codeOf(answer.text)]).toEqual([403, "ORIGIN_REFUSED"]);
  });

  it("cannot create a function where the browser sends no Origin", async () => {
    const answer = await attack({ "sec-fetch-site": "cross-site" });
    expect([answer.status, codeOf(answer.text)]).toEqual([403, "CROSS_SITE_REFUSED"]);
    expect(codeOf((await attack({})).text)).toBe("UNSIGNED_REFUSED");
  });

  it("cannot create a function with a signature that it made up, in a header or in the address", async () => {
    const known = { accessKeyId: "test", secretAccessKey: "test" };
    const wanted = {
      endpoint: own.cloud.endpoint,
      service: "lambda",
      path: "/2015-03-31/functions",
      body: functionOfAttacker,
    };
    const byHeader = await send({ ...wanted, headers: sign(wanted, known) });
    expect(byHeader.status).toBe(403);
    const address = new URL(
      presign(own.cloud.endpoint, "/2015-03-31/functions", known, "POST").replace("%2Fs3%2F", "%2Flambda%2F"),
    );
    expect((await attack({}, address.pathname + address.search)).status).toBe(403);
  });

  it("gets no permission from a preflight", async () => {
    const answer = await send({
      endpoint: own.cloud.endpoint,
      method: "OPTIONS",
      path: "/2015-03-31/functions",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    });
    expect(answer.status).toBe(403);
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  });

  it("cannot upgrade a connection", async () => {
    const answer = await send({
      endpoint: own.cloud.endpoint,
      method: "GET",
      headers: { host: "rebind.evil.example", connection: "Upgrade", upgrade: "websocket" },
    });
    expect(answer.status).toBe(403);
  });

  it("has created nothing", async () => {
    expect(await functions()).toEqual([]);
  });
});

describe("the emulator behind the edge", () => {
  const emulatorPort = () => {
    const ports = [...descendantsOf(process.pid)].flatMap((pid) => listeningSockets(pid).map(({ port }) => port));
    expect(ports).toHaveLength(1);
    return ports[0] as number;
  };

  it.each([
    ["without the secret", {}],
    ["with a guessed one", { "x-onair-secret": "0".repeat(64) }],
  ])("answers nobody %s", async (_, headers) => {
    const endpoint = `http://127.0.0.1:${emulatorPort()}`;
    for (const path of ["/_ministack/health", "/_onair/health", "/", "/2015-03-31/functions"]) {
      const answer = await send({
        endpoint,
        path,
        headers: { ...headers, ...sign({ endpoint, service: "lambda", path }, own.root) },
      });
      expect([path, answer.status, answer.text]).toEqual([
        path,
        403,
        '{"message": "Only the local cloud\'s edge may call this port."}',
      ]);
    }
  });

  it("does not get the secret from a client, nor give it away", async () => {
    const answer = await send({
      endpoint: own.cloud.endpoint,
      method: "GET",
      path: "/_onair/health",
      headers: { "x-onair-secret": "guess" },
    });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.headers)).not.toContain("secret");
  });

  it("has the secret neither in its arguments nor in its environment", () => {
    for (const pid of descendantsOf(process.pid)) {
      const text = ["cmdline", "environ"].map((name) => readFileSync(`/proc/${pid}/${name}`, "utf8")).join();
      expect(text).not.toMatch(/[0-9a-f]{64}/);
    }
  });
});

describe("every socket of the local cloud", () => {
  it("listens on 127.0.0.1 alone", () => {
    const pids = [process.pid, ...descendantsOf(process.pid)];
    const sockets = pids.flatMap((pid) => listeningSockets(pid));
    // The edge, RTMP, RTMPS and the emulator.
    expect(sockets.map(({ address }) => address)).toEqual(Array(4).fill("127.0.0.1"));
  });

  it("does not answer at another address of this machine", async () => {
    const port = Number(new URL(own.cloud.endpoint).port);
    const refused = await new Promise((resolve) => {
      connect({ host: "127.0.0.2", port }).on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    expect(refused).toBe("ECONNREFUSED");
  });
});
