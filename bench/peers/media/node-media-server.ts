import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#bench/support/free-port.ts";
import { createLateness } from "#bench/support/lateness.ts";
import { obey } from "#bench/support/obey.ts";

/** What this needs of the package, which brings no types. */
interface NodeMediaServer {
  run(): Promise<void>;
  on(event: "postPublish", listener: (publisher: Publisher) => void): void;
}
interface Publisher {
  readonly id: string;
  readonly broadcast: {
    readonly subscribers: Map<string, { readonly protocol: "flv"; sendBuffer(tag: Buffer): void }>;
  };
}
type Constructor = new (configuration: Readonly<Record<string, unknown>>) => NodeMediaServer;

const PICTURE = 9;
const KEYFRAME = 0x17;
const TAG_HEADER = 11;

const require = createRequire(import.meta.url);
const Server = require("node-media-server") as Constructor;
const store = mkdtempSync(join(tmpdir(), "onair-bench-peer-"));
process.on("exit", () => rmSync(store, { recursive: true, force: true }));

const lateness = createLateness();
const rtmpPort = await freePort();
const httpPort = await freePort();
const server = new Server({
  bind: "127.0.0.1",
  rtmp: { port: rtmpPort },
  http: { port: httpPort },
  store: { path: store },
  record: { auto: false, path: store },
  webadmin: { enable: false },
});

/** It cuts no segments: a keyframe that it hands to a subscriber stands for the end of one. */
const watchKeyframes = ({ id, broadcast }: Publisher): void => {
  const out = lateness.follow();
  let anchor: number | undefined;
  broadcast.subscribers.set(`bench-${id}`, {
    protocol: "flv",
    sendBuffer: (tag) => {
      if (tag[0] !== PICTURE || tag[TAG_HEADER] !== KEYFRAME || tag[TAG_HEADER + 1] !== 1) return;
      const time = tag.readUIntBE(4, 3) + tag.readUInt8(7) * 2 ** 24;
      if (anchor === undefined) anchor = Date.now() - time;
      else out(anchor + time);
    },
  });
};

let watching = false;
server.on("postPublish", (publisher) => watching && watchKeyframes(publisher));
await server.run();

const commands = {
  address: () => ({ rtmpPort, app: "live" }),
  flvUrl: (streamKey: string) => `http://127.0.0.1:${httpPort}/live/${streamKey}.flv`,
  rtmpUrl: (streamKey: string) => `rtmp://127.0.0.1:${rtmpPort}/live/${streamKey}`,
  /** From now on a subscriber in the process looks at each new stream's keyframes. */
  watch: () => {
    watching = true;
  },
  /** Of the keyframes since it was last asked, in milliseconds. */
  lateness: lateness.take,
};

export type NodeMediaServerPeer = typeof commands;
obey(commands);
