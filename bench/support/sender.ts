import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createChunkReader } from "#local/media/rtmp/chunk-reader.ts";
import { MESSAGE } from "#local/media/rtmp/message.ts";
import { readFlvTags } from "./flv-tags.ts";
import { obey } from "./obey.ts";
import { greeting, recordRtmp, type TimedBytes } from "./rtmp-recording.ts";

/** An encoder's connection, once its media flows. */
interface Sending {
  readonly socket: Socket;
  readonly began: number;
  next: number;
}

const HANDSHAKE_BYTES = 1 + 2 * 1536;
const READER_LIMITS = { maximumBytes: () => 65_536, incompleteBytes: 65_536, chunkStreams: 32 };
/** How often it is looked for what is due, in milliseconds: a third of a picture. */
const TICK = 10;
/** New streams begin evenly within one group of pictures, so that their keyframes do not all come at once. */
const SPREAD = 2_000;

let recording: readonly TimedBytes[] = [];
let lags: number[] = [];
let lost = 0;
const sending = new Set<Sending>();

/** Settles when the server takes media. */
const published = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    const reader = createChunkReader(READER_LIMITS);
    let handshake = HANDSHAKE_BYTES;
    const read = (bytes: Buffer) => {
      const skipped = Math.min(handshake, bytes.length);
      handshake -= skipped;
      for (const { type, body } of reader.read(bytes.subarray(skipped))) {
        if (type !== MESSAGE.command || !body.includes("NetStream.Publish.Start")) continue;
        socket.off("data", read).resume();
        resolve();
      }
    };
    socket.on("data", read);
    socket.on("close", () => reject(new Error("the server closed the connection before the stream began")));
  });

const begin = async (port: number, app: string, streamKey: string): Promise<void> => {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.write(greeting(app, streamKey));
  await published(socket);
  const stream = { socket, began: performance.now(), next: 0 };
  sending.add(stream);
  socket.on("close", () => {
    if (sending.delete(stream)) lost += 1;
  });
};

const sendDue = (stream: Sending, now: number): void => {
  const { socket, began } = stream;
  socket.cork();
  for (;;) {
    const message = recording[stream.next];
    if (message === undefined || began + message.time > now) break;
    socket.write(message.bytes);
    if (message.keyframe) lags.push(now - began - message.time);
    stream.next += 1;
  }
  socket.uncork();
};

setInterval(() => {
  for (const stream of sending) sendDue(stream, performance.now());
}, TICK);

const commands = {
  /** @param seconds how long a stream made of the clip can be sent */
  load(clip: string, seconds: number): void {
    recording = recordRtmp(readFlvTags(readFileSync(clip)), seconds);
  },
  /** Begins one more stream for each key, in real time. */
  async add(port: number, app: string, streamKeys: readonly string[]): Promise<void> {
    const started = streamKeys.map(async (streamKey, index) => {
      await sleep((index * SPREAD) / streamKeys.length);
      await begin(port, app, streamKey);
    });
    await Promise.all(started);
  },
  /** How much too late keyframes were sent since it was last asked, in milliseconds, and streams that the server ended. */
  lateness(): { readonly lags: readonly number[]; readonly lost: number } {
    const told = { lags, lost };
    lags = [];
    return told;
  },
  /** Ends all streams. */
  end(): void {
    for (const stream of sending) {
      sending.delete(stream);
      stream.socket.destroy();
    }
  },
};

export type Sender = typeof commands;
obey(commands);
