import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type LookupFunction, type Server } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { checkedLookup, type Resolve } from "#handlers/send-webhook/checked-lookup.ts";
import { post } from "#handlers/send-webhook/post.ts";

const headers = { "content-type": "application/json", "onair-signature": "t=1,v1=00" };

async function listening(server: Server & { closeAllConnections?: () => void }): Promise<number> {
  server.listen(0, "127.0.0.1");
  onTestFinished(async () => {
    server.closeAllConnections?.();
    server.close();
    await once(server, "close");
  });
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function httpServer(answer: RequestListener) {
  const calls: { request: IncomingMessage; body: string }[] = [];
  const port = await listening(
    createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      calls.push({ request, body });
      answer(request, response);
    }),
  );
  return { port, url: `http://127.0.0.1:${port}/hook?a=b`, calls };
}

const here: Resolve = (_hostname, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]);

test("posts the body with its headers, once", async () => {
  const { url, calls } = await httpServer((_request, response) => response.writeHead(204).end());
  expect(await post(url, headers, '{"title":"Grüße"}')).toBe("delivered");
  const [call] = calls;
  expect(calls).toHaveLength(1);
  expect(call?.body).toBe('{"title":"Grüße"}');
  expect(call?.request).toMatchObject({ method: "POST", url: "/hook?a=b" });
  expect(call?.request.headers).toMatchObject({ ...headers, "content-length": "19", "user-agent": "onair-webhook" });
});

test.each([200, 201, 299])("an answer of %i is delivered", async (status) => {
  const { url } = await httpServer((_request, response) => response.writeHead(status).end("thanks"));
  expect(await post(url, headers, "{}")).toBe("delivered");
});

test.each([300, 400, 401, 404, 410, 429, 500, 503])("an answer of %i is a failure", async (status) => {
  const { url } = await httpServer((_request, response) => response.writeHead(status).end());
  expect(await post(url, headers, "{}")).toEqual({ why: `the server answered ${status}` });
});

test.each([301, 302, 303, 307, 308])("a redirect of %i is a failure, and is not followed", async (status) => {
  const { url, calls } = await httpServer((_request, response) =>
    response.writeHead(status, { location: "/elsewhere" }).end(),
  );
  expect(await post(url, headers, "{}")).toEqual({ why: `the server answered ${status}` });
  expect(calls).toHaveLength(1);
});

test("an endless answer is not read", async () => {
  const { url } = await httpServer((_request, response) => {
    response.writeHead(200);
    const pour = () => void (response.write(Buffer.alloc(65_536)) && setImmediate(pour));
    pour();
  });
  expect(await post(url, headers, "{}")).toBe("delivered");
});

test("a server that does not answer in time is a failure", async () => {
  const { url } = await httpServer(() => {});
  expect(await post(url, headers, "{}", { timeoutMilliseconds: 50 })).toEqual({
    why: "the server did not answer within 0.05 s",
  });
});

test("a server that answers drop by drop is cut off as well", async () => {
  const port = await listening(
    createTcpServer((socket) => {
      const timer = setInterval(() => socket.write("H"), 10);
      socket.on("error", () => {}).on("close", () => clearInterval(timer));
    }),
  );
  const result = await post(`http://127.0.0.1:${port}/`, headers, "{}", { timeoutMilliseconds: 60 });
  expect(result).toHaveProperty("why");
});

test("a server that nobody is at, and one that hangs up, are failures by their code", async () => {
  const port = await listening(createTcpServer((socket) => socket.destroy()));
  expect(await post(`http://127.0.0.1:${port}/`, headers, "{}")).toEqual({
    why: "the server could not be reached (ECONNRESET)",
  });
  expect(await post("http://127.0.0.1:1/", headers, "{}")).toEqual({
    why: "the server could not be reached (ECONNREFUSED)",
  });
});

test("a server of https without a good certificate is a failure", async () => {
  const port = await listening(createTlsServer({}));
  expect(await post(`https://127.0.0.1:${port}/`, headers, "{}")).toEqual({
    why: expect.stringMatching(/^the server could not be reached \(\w+\)$/),
  });
});

test("a name that leads to this machine is refused before anything connects", async () => {
  const { port, calls } = await httpServer((_request, response) => response.end());
  const url = `http://hooks.example.com:${port}/`;
  expect(await post(url, headers, "{}", { lookup: checkedLookup(here) })).toEqual({
    why: "the host's name leads to an address that is not public",
  });
  expect(calls).toEqual([]);
});

test("a name is asked for once, and the connection goes to that answer: a later one gains nothing", async () => {
  const { port, calls } = await httpServer((_request, response) => response.end());
  let questions = 0;
  const lookup: LookupFunction = (_hostname, _options, callback) => {
    questions++;
    callback(null, [{ address: questions === 1 ? "127.0.0.1" : "127.0.0.2", family: 4 }]);
  };
  expect(await post(`http://hooks.example.com:${port}/`, headers, "{}", { lookup })).toBe("delivered");
  expect(questions).toBe(1);
  expect(calls[0]?.request.headers.host).toBe(`hooks.example.com:${port}`);
});
