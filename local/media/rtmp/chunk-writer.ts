import { EXTENDED, INITIAL_CHUNK_SIZE } from "./chunk-header.ts";
import type { Message } from "./message.ts";

/** Type 0 header bytes, the basic header included. */
const HEADER_BYTES = 12;

/**
 * One message cut into chunks: a full header, then the rest of it behind headers of type 3. Fit for the few small answers
 * of a server, which need no compression.
 * @param chunkStreamId 2 to 63
 */
export const writeChunks = (message: Message, chunkStreamId: number, chunkSize = INITIAL_CHUNK_SIZE): Buffer => {
  const { body, timestamp } = message;
  const extended = timestamp >= EXTENDED;
  const more = Buffer.alloc(extended ? 4 : 0);
  if (extended) more.writeUInt32BE(timestamp);

  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(chunkStreamId, 0);
  header.writeUIntBE(extended ? EXTENDED : timestamp, 1, 3);
  header.writeUIntBE(body.length, 4, 3);
  header.writeUInt8(message.type, 7);
  header.writeUInt32LE(message.streamId, 8);

  const pieces = [header, more, body.subarray(0, chunkSize)];
  for (let offset = chunkSize; offset < body.length; offset += chunkSize) {
    pieces.push(Buffer.of(0xc0 | chunkStreamId), more, body.subarray(offset, offset + chunkSize));
  }
  return Buffer.concat(pieces);
};
