import { IngestFailure } from "../ingest-failure.ts";
import { type ChunkHeader, INITIAL_CHUNK_SIZE, type Remembered, readChunkHeader } from "./chunk-header.ts";
import { MESSAGE, type Message } from "./message.ts";

/** Puts messages together from the chunks of one connection. */
export interface ChunkReader {
  /** The messages that the bytes complete. To be read to the end, or not at all any more. */
  read(bytes: Buffer): Generator<Message, void>;
}

export interface ChunkReaderLimits {
  /** Bytes that a message of this type may have now; asked before memory is given to it. */
  readonly maximumBytes: (type: number) => number;
  /** Bytes of all messages that are being received. */
  readonly incompleteBytes: number;
  /** Chunk streams that the connection may use. */
  readonly chunkStreams: number;
}

interface ChunkStream {
  last: Remembered;
  timestamp: number;
  /** The message that is being received, or the last one. */
  body: Buffer;
  filled: number;
  incomplete: boolean;
}

/** No message is longer than its three bytes of length can say. */
const LARGEST_CHUNK_SIZE = 0xffffff;
const NOTHING = Buffer.alloc(0);

/** The chunk size that a message of four bytes sets. The first bit must be 0, so that four gigabytes are none. */
const readChunkSize = (body: Buffer): number => {
  const size = body.length === 4 ? body.readUInt32BE(0) : 0;
  if (size >= 1 && size <= 0x7fffffff) return Math.min(size, LARGEST_CHUNK_SIZE);
  throw new IngestFailure("INGEST_PROTOCOL", `a chunk size must be 1 to 2147483647: ${size}`);
};

/**
 * Obeys Set Chunk Size and Abort itself, and gives everything else.
 * @throws from read: IngestFailure INGEST_PROTOCOL or INGEST_LIMIT
 */
export const createChunkReader = (limits: ChunkReaderLimits): ChunkReader => {
  const streams = new Map<number, ChunkStream>();
  let chunkSize = INITIAL_CHUNK_SIZE;
  let incompleteBytes = 0;
  /** The beginning of a header. */
  let held: Buffer = NOTHING;
  /** The chunk stream whose chunk is being received, and how much of the chunk is still to come. */
  let current: ChunkStream | undefined;
  let left = 0;

  const streamOf = (header: ChunkHeader): ChunkStream => {
    const known = streams.get(header.chunkStreamId);
    if (known) return known;
    if (streams.size >= limits.chunkStreams) {
      throw new IngestFailure("INGEST_LIMIT", `a connection may have ${limits.chunkStreams} chunk streams`);
    }
    const stream = { last: header, timestamp: 0, body: NOTHING, filled: 0, incomplete: false };
    streams.set(header.chunkStreamId, stream);
    return stream;
  };

  const beginMessage = (stream: ChunkStream, { format, time, length, type }: ChunkHeader): void => {
    const maximum = limits.maximumBytes(type);
    if (length > maximum) {
      throw new IngestFailure("INGEST_LIMIT", `a message of type ${type} may have ${maximum} bytes: ${length}`);
    }
    incompleteBytes += length;
    if (incompleteBytes > limits.incompleteBytes) {
      throw new IngestFailure("INGEST_LIMIT", `unfinished messages may have ${limits.incompleteBytes} bytes in all`);
    }
    stream.timestamp = (format === 0 ? time : stream.timestamp + time) >>> 0;
    stream.body = Buffer.allocUnsafe(length);
    stream.filled = 0;
    stream.incomplete = true;
  };

  const beginChunk = (header: ChunkHeader): ChunkStream => {
    const stream = streamOf(header);
    if (!stream.incomplete) beginMessage(stream, header);
    else if (header.format < 3) {
      throw new IngestFailure(
        "INGEST_PROTOCOL",
        `chunk stream ${header.chunkStreamId} begins a message within another`,
      );
    }
    stream.last = header;
    left = Math.min(chunkSize, stream.body.length - stream.filled);
    return stream;
  };

  const forget = (stream: ChunkStream): void => {
    if (stream.incomplete) incompleteBytes -= stream.body.length;
    stream.incomplete = false;
    stream.body = NOTHING;
  };

  const abort = (body: Buffer): void => {
    const stream = body.length === 4 ? streams.get(body.readUInt32BE(0)) : undefined;
    if (stream) forget(stream);
  };

  /** Gives the message whose last chunk this was, unless it was for us. */
  const endChunk = (stream: ChunkStream): Message | undefined => {
    const { body, timestamp, filled } = stream;
    if (filled < body.length) return undefined;
    forget(stream);
    const { type, streamId } = stream.last;
    if (type === MESSAGE.setChunkSize) chunkSize = readChunkSize(body);
    else if (type === MESSAGE.abort) abort(body);
    else return { type, streamId, timestamp, body };
    return undefined;
  };

  return {
    *read(input) {
      const bytes = held.length > 0 ? Buffer.concat([held, input]) : input;
      held = NOTHING;
      for (let offset = 0; ; ) {
        if (current === undefined) {
          const header = readChunkHeader(bytes, offset, (id) => streams.get(id));
          if (header === undefined) {
            // A copy, so that a few bytes do not keep all that came with them.
            held = Buffer.from(bytes.subarray(offset));
            return;
          }
          offset += header.size;
          current = beginChunk(header);
        }
        const copied = bytes.copy(current.body, current.filled, offset, offset + left);
        current.filled += copied;
        offset += copied;
        left -= copied;
        if (left > 0) return;
        const message: Message | undefined = endChunk(current);
        current = undefined;
        if (message) yield message;
      }
    },
  };
};
