import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, extname, join } from "node:path";
import { obey } from "./obey.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".m3u8": "application/vnd.apple.mpegurl",
  ".ts": "video/mp2t",
};

let folder = "";

/** Plain files of one folder, without folders below. */
const server = createServer(async (request, response) => {
  const name = basename((request.url ?? "").split("?", 1)[0] ?? "");
  const file = await readFile(join(folder, name)).catch(() => undefined);
  if (file === undefined) return void response.writeHead(404).end();
  const headers = { "content-type": types[extname(name)] ?? "application/octet-stream", "cache-control": "no-cache" };
  response.setHeader("access-control-allow-origin", "*");
  response.writeHead(200, headers).end(file);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

const commands = {
  /** Gives the address under which a folder is served from now on. */
  serve(path: string): string {
    folder = path;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  },
};

export type StaticServer = typeof commands;
obey(commands);
