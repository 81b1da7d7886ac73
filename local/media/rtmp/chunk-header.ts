import { IngestFailure } from "../ingest-failure.ts";

/** What the last message of a chunk stream said, for the headers that leave it out. */
export interface Remembered {
  /** Milliseconds: the timestamp or the difference of the last header that had one. */
  readonly time: number;
  /** Whether that number was too large for its three bytes, and came in four more. */
  readonly extended: boolean;
  readonly length: number;
  readonly type: number;
  readonly streamId: number;
}

/** The header of one chunk (RTMP specification 1.0, section 5.3.1), completed from what is remembered. */
export interface ChunkHeader extends Remembered {
  readonly format: number;
  readonly chunkStreamId: number;
  /** Bytes of the header itself. */
  readonly size: number;
}

/** The largest chunk that a receiver takes before it was told of another size. */
export const INITIAL_CHUNK_SIZE = 128;

/** Three bytes that say: the number follows, in four. */
export const EXTENDED = 0xffffff;

/** Message header bytes by format. */
const MESSAGE_HEADER_BYTES = [11, 7, 3, 0] as const;

const missing = (format: number, id: number): IngestFailure =>
  new IngestFailure(
    "INGEST_PROTOCOL",
    `chunk stream ${id} begins with a header of type ${format}, which needs one before it`,
  );

const NOTHING: Remembered = { time: 0, extended: false, length: 0, type: 0, streamId: 0 };

/** Reads the basic header: format, id and its own size; undefined where more bytes are needed. */
const readBasic = (bytes: Buffer, offset: number) => {
  const first = bytes[offset];
  if (first === undefined) return undefined;
  const format = first >> 6;
  const short = first & 0x3f;
  if (short > 1) return { format, id: short, size: 1 };
  const size = short + 2;
  if (offset + size > bytes.length) return undefined;
  return { format, id: 64 + (short === 0 ? bytes.readUInt8(offset + 1) : bytes.readUInt16LE(offset + 1)), size };
};

/**
 * Reads the header at offset; undefined where more bytes are needed.
 * @param recall what is known of a chunk stream, and whether a message of it is still incomplete
 * @throws IngestFailure INGEST_PROTOCOL where a header leaves out what no header before it said
 */
export const readChunkHeader = (
  bytes: Buffer,
  offset: number,
  recall: (chunkStreamId: number) => { readonly last: Remembered; readonly incomplete: boolean } | undefined,
): ChunkHeader | undefined => {
  const basic = readBasic(bytes, offset);
  if (basic === undefined) return undefined;
  const { format, id } = basic;
  const known = recall(id);
  // librtmp begins its control stream with type 1: there is nothing to leave out but stream 0.
  if (known === undefined && format > 1) throw missing(format, id);
  const last = known?.last ?? NOTHING;

  const start = offset + basic.size;
  const end = start + (MESSAGE_HEADER_BYTES[format] ?? 0);
  if (end > bytes.length) return undefined;
  const short = format < 3 ? bytes.readUIntBE(start, 3) : undefined;
  const header = {
    format,
    chunkStreamId: id,
    time: short ?? last.time,
    extended: short === undefined ? last.extended : short === EXTENDED,
    length: format < 2 ? bytes.readUIntBE(start + 3, 3) : last.length,
    type: format < 2 ? bytes.readUInt8(start + 6) : last.type,
    streamId: format === 0 ? bytes.readUInt32LE(start + 7) : last.streamId,
    size: end - offset,
  };
  if (!header.extended) return header;

  if (end + 4 > bytes.length) return undefined;
  const time = bytes.readUInt32BE(end);
  // Within a message the field repeats; encoders that leave it out go on with the media at once.
  if (known?.incomplete && time !== last.time) return header;
  return { ...header, time, size: header.size + 4 };
};
