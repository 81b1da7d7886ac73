export const STREAM_ID = { video: 0xe0, audio: 0xc0, metadata: 0xbd } as const;

/** Up to here a packet tells its length; a longer one of video says 0, which the standard allows for video alone. */
const LONGEST = 0xffff;
const FIXED_BYTES = 9;
/** The length counts what stands behind it. */
const LENGTH_END = 6;
const TIMESTAMP_BYTES = 5;

export interface PesOptions {
  readonly streamId: number;
  /** 90 kHz ticks, 33 bits. */
  readonly pts: number;
  /** 90 kHz ticks, 33 bits. @default the same as pts, and then not written */
  readonly dts?: number;
  /** The payload begins with an access unit. @default false */
  readonly aligned?: boolean;
}

/** Three, fifteen and fifteen bits, each followed by a marker bit. */
const writeTimestamp = (bytes: Buffer, offset: number, prefix: number, ticks: number): void => {
  bytes[offset] = (prefix << 4) | (Math.floor(ticks / 2 ** 30) << 1) | 1;
  bytes.writeUInt16BE((Math.floor(ticks / 2 ** 15) % 2 ** 15) * 2 + 1, offset + 1);
  bytes.writeUInt16BE((ticks % 2 ** 15) * 2 + 1, offset + 3);
};

/** What stands before a payload of so many bytes to make it a PES packet (ISO/IEC 13818-1 section 2.4.3.6). */
export const pesHeader = (payloadBytes: number, { streamId, pts, dts = pts, aligned }: PesOptions): Buffer => {
  const hasDts = dts !== pts;
  const timestampBytes = TIMESTAMP_BYTES * (hasDts ? 2 : 1);
  const header = Buffer.allocUnsafe(FIXED_BYTES + timestampBytes);
  const length = header.length - LENGTH_END + payloadBytes;
  header.set([0, 0, 1, streamId]);
  header.writeUInt16BE(length > LONGEST ? 0 : length, 4);
  header.set([0x80 | (aligned ? 4 : 0), hasDts ? 0xc0 : 0x80, timestampBytes], LENGTH_END);
  writeTimestamp(header, FIXED_BYTES, hasDts ? 3 : 2, pts);
  if (hasDts) writeTimestamp(header, FIXED_BYTES + TIMESTAMP_BYTES, 1, dts);
  return header;
};
