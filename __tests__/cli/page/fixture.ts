import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { startPageServer } from "#cli/page/page-server.ts";

const chatUrl = "ws://127.0.0.1:4566/chat";

/** A built page of three files, in a folder of one test's own. */
function pageFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "onair-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>the page</title>");
  writeFileSync(join(folder, "assets/player-a1b2.js"), "play()");
  writeFileSync(join(folder, "assets/player-a1b2.wasm"), "wasm");
  return folder;
}

/** A request as it came behind the page's server. */
export interface Passed {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that answers everything the same way, and remembers what it was asked. */
async function startUpstream() {
  const passed: Passed[] = [];
  const server = createServer(async (asked, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk);
    const { method, url, headers } = asked;
    passed.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    if (url?.endsWith("/silence")) return void asked.socket.destroy();
    response.writeHead(418, {
      "content-type": "application/problem+json",
      "retry-after": "2",
      "keep-alive": "timeout=9",
    });
    response.end('{"title":"a teapot"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, passed };
}

/** The page's server in front of a cloud that only remembers. */
export async function startPage(changes: { readonly rtmpUrl?: string } = {}) {
  const upstream = await startUpstream();
  const reports: string[] = [];
  const options = {
    folder: pageFolder(),
    port: 0,
    channels: [{ playbackUrl: "http://127.0.0.1:4566/api/video/v1/a.m3u8" }],
    chatUrl,
    endpoint: upstream.url,
    apiUrl: `${upstream.url}/_aws/execute-api/a1/$default`,
    region: "us-west-2",
    userPoolId: "us-west-2_Pool",
    userPoolClientId: "client",
    report: (line: string) => void reports.push(line),
    ...changes,
  };
  const served = await startPageServer(options);
  onTestFinished(served.close);
  return { ...served, options, passed: upstream.passed, reports, upstream: upstream.url };
}

/** An answer, with its headers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: () => unknown;
}

/** Asks exactly this, Host and path as they are given, which `fetch` would not. */
export const ask = (
  url: string,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { body, ...rest } = options;
    const asked = request(url, { path, ...rest }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, text, json: () => JSON.parse(text) });
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
