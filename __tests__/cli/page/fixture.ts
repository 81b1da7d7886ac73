import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createPublicApi } from "#cli/page/public-api.ts";
import { securityHeaders } from "#cli/page/security-headers.ts";
import { servePage } from "#cli/page/serve-page.ts";
import { readStaticFiles } from "#cli/page/static-files.ts";
import { type LiveStream, nothingLive } from "#local/ivs/live-streams.ts";
import { startIvs } from "../../local/ivs/fixture.ts";
import { startChat } from "../../local/ivschat/fixture.ts";

export const chatUrl = "ws://127.0.0.1:4566/chat";

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

/** The page's server in front of engines of our own: an open channel, a private one, one whose room
 * is gone, and one that the page is not told of. */
export async function startPage() {
  const onAir: LiveStream[] = [];
  const asked: string[] = [];
  const { ivs, createChannel } = await startIvs({ liveStreams: { ...nothingLive, list: () => onAir } });
  const { chat, service, createRoom } = await startChat();
  const open = { ...(await createChannel({ name: "open" })), name: "open", roomArn: (await createRoom()).arn };
  const closed = await createChannel({ name: "closed", authorized: true });
  const roomless = await createChannel({ name: "roomless" });
  const gone = open.roomArn.replace(/.{12}$/, "AbCdEf123456");
  const foreign = await createChannel({ name: "foreign" });
  const channels = [
    open,
    { name: "closed", arn: closed.arn, roomArn: gone },
    { name: "roomless", arn: roomless.arn, roomArn: gone },
    { name: "removed", arn: open.arn.replace(/.{12}$/, "AbCdEf123456"), roomArn: gone },
  ];
  ivs.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        asked.push(commandName ?? "");
        return next(args);
      },
    { step: "initialize" },
  );
  const reports: string[] = [];
  const served = await servePage({
    port: 0,
    api: createPublicApi({ ivs, chat, channels, chatUrl }),
    files: readStaticFiles(pageFolder()),
    headers: securityHeaders([chatUrl, "http://127.0.0.1:4566/api/video/v1/a.m3u8"]),
    report: (line) => void reports.push(line),
  });
  onTestFinished(served.close);
  return { ...served, ivs, service, open, foreign, onAir, asked, reports };
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
