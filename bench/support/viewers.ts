import { type ClientRequest, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { connectHttp, type HttpConnection } from "./http-connection.ts";
import { createLateness } from "./lateness.ts";
import { obey } from "./obey.ts";
import { lastAddress, readPlaylistEdge } from "./playlist-edge.ts";

/** New viewers begin evenly within this time, in milliseconds. */
const SPREAD = 1_000;

const lateness = createLateness();
/** All watch one stream. */
const listed = lateness.follow();
const connections = new Set<HttpConnection>();
const downloads = new Set<ClientRequest>();
let lost = 0;

/** Fetches as low-latency players do: the playlist as soon as it has another part, then that part. */
const follow = async (connection: HttpConnection, multivariant: URL): Promise<never> => {
  const address = lastAddress(String(await connection.get(multivariant.pathname)));
  const { pathname } = new URL(address, multivariant);
  const folder = pathname.slice(0, pathname.lastIndexOf("/") + 1);
  let edge = readPlaylistEdge(String(await connection.get(pathname)));
  for (;;) {
    const { sequence, nextPart, parts: known } = edge;
    edge = readPlaylistEdge(String(await connection.get(`${pathname}?_HLS_msn=${sequence}&_HLS_part=${nextPart}`)));
    if (edge.sequence > sequence) listed(edge.due);
    const news = edge.parts.slice(edge.parts.indexOf(known.at(-1) ?? "") + 1);
    for (const part of news) await connection.get(folder + part);
  }
};

const commands = {
  /** So many more viewers of a low-latency stream. */
  async watch(url: string, count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      const connection = connectHttp(new URL(url));
      connections.add(connection);
      follow(connection, new URL(url)).catch(() => {
        if (connections.delete(connection)) lost += 1;
      });
      await sleep(SPREAD / count);
    }
  },
  /** One more reader of something that does not end, as HTTP-FLV is. */
  download(url: string): void {
    const request = get(url, (response) => response.resume());
    downloads.add(request.on("error", () => {}));
  },
  /** Of each segment at each viewer since it was last asked, in milliseconds; and viewers that got no further. */
  lateness: () => ({ lateness: lateness.take(), lost }),
  end(): void {
    for (const connection of connections) {
      connections.delete(connection);
      connection.close();
    }
    for (const download of downloads) download.destroy();
  },
};

export type Viewers = typeof commands;
obey(commands);
