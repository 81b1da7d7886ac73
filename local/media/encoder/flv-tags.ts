/** One tag of an FLV file (specification 10.1, annex E.4.1): what RTMP sends as one message. */
export interface FlvTag {
  /** 8 is audio, 9 is video, 18 is data; RTMP's message types are the same. */
  readonly type: number;
  /** Milliseconds, 32 bits. */
  readonly timestamp: number;
  readonly body: Buffer;
}

/** Reads an FLV file as it comes. */
export interface FlvTagReader {
  /** The tags that the bytes complete. To be read to the end. @throws TypeError where it is no FLV file */
  read(bytes: Buffer): Generator<FlvTag, void>;
}

/** The file's header, and the size of the tag before the first one. */
const FILE_HEADER_BYTES = 9 + 4;
const TAG_HEADER_BYTES = 11;
const TAG_SIZE_BYTES = 4;
const NOTHING = Buffer.alloc(0);

export const createFlvTagReader = (): FlvTagReader => {
  let held: Buffer = NOTHING;
  let begun = false;
  return {
    *read(input) {
      const bytes = held.length > 0 ? Buffer.concat([held, input]) : input;
      let offset = 0;
      if (!begun && bytes.length >= FILE_HEADER_BYTES) {
        if (bytes.toString("latin1", 0, 3) !== "FLV") throw new TypeError("not an FLV file");
        begun = true;
        offset = FILE_HEADER_BYTES;
      }
      while (begun && offset + TAG_HEADER_BYTES <= bytes.length) {
        const start = offset + TAG_HEADER_BYTES;
        const end = start + bytes.readUIntBE(offset + 1, 3);
        if (end + TAG_SIZE_BYTES > bytes.length) break;
        // The highest byte of the time comes last.
        const timestamp = bytes.readUIntBE(offset + 4, 3) + bytes.readUInt8(offset + 7) * 2 ** 24;
        yield { type: bytes.readUInt8(offset) & 0x1f, timestamp, body: bytes.subarray(start, end) };
        offset = end + TAG_SIZE_BYTES;
      }
      held = bytes.subarray(offset);
    },
  };
};
