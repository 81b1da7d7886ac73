import type { AmfValue } from "#local/media/rtmp/amf0.ts";
import { encodeAmf0 } from "#local/media/rtmp/amf0-encode.ts";
import { writeChunks } from "#local/media/rtmp/chunk-writer.ts";
import { MESSAGE } from "#local/media/rtmp/message.ts";
import type { FlvTag } from "./flv-tags.ts";

/** Bytes for an RTMP connection, and when an encoder would have sent them. */
export interface TimedBytes {
  /** Milliseconds since the first picture. */
  readonly time: number;
  readonly keyframe: boolean;
  readonly bytes: Buffer;
}

/** As OBS sends. */
const CHUNK_SIZE = 4096;
const MEDIA_STREAM = 1;
const CHUNK_STREAM: Readonly<Record<number, number>> = { [MESSAGE.audio]: 4, [MESSAGE.video]: 6 };
const KEYFRAME = 0x17;
const SEQUENCE_HEADER = 0;

const command = (streamId: number, ...values: readonly AmfValue[]): Buffer =>
  writeChunks({ type: MESSAGE.command, streamId, timestamp: 0, body: encodeAmf0(...values) }, 3, CHUNK_SIZE);

const chunkSizeMessage = (): Buffer => {
  const body = Buffer.alloc(4);
  body.writeUInt32BE(CHUNK_SIZE);
  return writeChunks({ type: MESSAGE.setChunkSize, streamId: 0, timestamp: 0, body }, 2);
};

/** An encoder's whole conversation up to the media; servers answer it, and need not be waited for. */
export const greeting = (app: string, streamKey: string): Buffer =>
  Buffer.concat([
    Buffer.of(3),
    Buffer.alloc(2 * 1536),
    chunkSizeMessage(),
    command(0, "connect", 1, { app, type: "nonprivate", flashVer: "FMLE/3.0", tcUrl: `rtmp://127.0.0.1/${app}` }),
    command(0, "releaseStream", 2, null, streamKey),
    command(0, "FCPublish", 3, null, streamKey),
    command(0, "createStream", 4, null),
    command(MEDIA_STREAM, "publish", 5, null, streamKey, "live"),
  ]);

const isConfiguration = ({ type, body }: FlvTag): boolean =>
  type !== MESSAGE.data && body[1] === SEQUENCE_HEADER && (type === MESSAGE.audio || body[0] === KEYFRAME);

const toBytes = ({ type, body }: FlvTag, timestamp: number): Buffer =>
  writeChunks({ type, streamId: MEDIA_STREAM, timestamp, body }, CHUNK_STREAM[type] ?? 3, CHUNK_SIZE);

/**
 * A clip as an encoder would send it, over and over until so much time is filled. It is cut into chunks once, so that
 * sending it many times at once costs the sender little more than the socket does.
 */
export function recordRtmp(tags: readonly FlvTag[], seconds: number): TimedBytes[] {
  const configurations = tags.filter((tag) => tag.type === MESSAGE.data || isConfiguration(tag));
  const media = tags.filter((tag) => !configurations.includes(tag));
  const begin = Math.min(...media.map(({ timestamp }) => timestamp));
  const pictures = media.filter(({ type }) => type === MESSAGE.video).map(({ timestamp }) => timestamp);
  const frame = (Math.max(...pictures) - Math.min(...pictures)) / (pictures.length - 1);
  const length = Math.round(frame * pictures.length);
  const loops = Math.ceil((seconds * 1_000) / length);
  const sent = configurations.map((tag) => ({ time: 0, keyframe: false, bytes: toBytes(tag, 0) }));
  for (let loop = 0; loop < loops; loop++) {
    for (const tag of media) {
      const time = tag.timestamp - begin + loop * length;
      const keyframe = tag.type === MESSAGE.video && tag.body[0] === KEYFRAME;
      sent.push({ time, keyframe, bytes: toBytes(tag, time) });
    }
  }
  return sent.toSorted((one, other) => one.time - other.time);
}
