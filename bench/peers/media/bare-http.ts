import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { obey } from "#bench/support/obey.ts";

/** The least that a low-latency origin can do: every answer lies ready, and waits for its time at most. */
const PART = 250;
const PARTS = 8;
const LISTED = 6;
const began = Date.now();
/** As many bytes as a part of the stream has. */
let body = Buffer.alloc(0);

const partsSince = (time: number): number => Math.floor((time - began) / PART);
const at = (parts: number, answer: () => void): void => void setTimeout(answer, began + parts * PART - Date.now());

let playlist = "";
let newest = -1;
/** The form of ours, made once for each part. */
const makePlaylist = (): void => {
  const made = partsSince(Date.now());
  if (made === newest) return;
  newest = made;
  const segment = Math.floor(made / PARTS);
  const lines = ["#EXTM3U", `#EXT-X-MEDIA-SEQUENCE:${segment - LISTED}`];
  for (let sequence = segment - LISTED; sequence <= segment; sequence++) {
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(began + sequence * PARTS * PART).toISOString()}`);
    for (let part = sequence * PARTS; sequence > segment - 3 && part < Math.min(made, (sequence + 1) * PARTS); part++) {
      lines.push(`#EXT-X-PART:DURATION=0.25,URI="part-${part}.ts"`);
    }
    if (sequence < segment) lines.push("#EXTINF:2,live", `segment-${sequence}.ts`);
  }
  playlist = lines.join("\n");
};

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://127.0.0.1");
  const send = (type: string, content: string | Buffer) =>
    response.writeHead(200, { "content-type": type, "content-length": Buffer.byteLength(content) }).end(content);
  if (pathname === "/live.m3u8") send("application/vnd.apple.mpegurl", "playlist.m3u8");
  else if (pathname === "/playlist.m3u8") {
    const parts = Number(searchParams.get("_HLS_msn")) * PARTS + Number(searchParams.get("_HLS_part")) + 1;
    at(searchParams.has("_HLS_msn") ? parts : 0, () => {
      makePlaylist();
      send("application/vnd.apple.mpegurl", playlist);
    });
  } else send("video/mp2t", body);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

const commands = {
  /** @param partBytes how long each part is */
  playbackUrl(partBytes: number): string {
    body = Buffer.alloc(partBytes);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/live.m3u8`;
  },
};

export type BareHttpPeer = typeof commands;
obey(commands);
