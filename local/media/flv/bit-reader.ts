import { IngestFailure } from "../ingest-failure.ts";

/** Reads an H.264 or AAC header bit by bit, most significant first. */
export interface BitReader {
  /** The next bits as an unsigned number; at most 32. */
  bits(count: number): number;
  flag(): boolean;
  /** An unsigned Exp-Golomb code, ue(v) in ITU-T H.264 section 9.1. */
  unsigned(): number;
  /** A signed Exp-Golomb code, se(v). */
  signed(): number;
}

/** @param what named in the failure when the bits end too early or cannot be */
export const bitReader = (bytes: Uint8Array, what: string): BitReader => {
  let position = 0;
  const bits = (count: number): number => {
    if (position + count > bytes.length * 8) throw new IngestFailure("INGEST_MEDIA", `${what} ends too early`);
    let value = 0;
    for (const end = position + count; position < end; position += 1) {
      const byte = bytes[position >> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (position & 7))) & 1);
    }
    return value;
  };
  const unsigned = (): number => {
    let zeros = 0;
    while (bits(1) === 0) {
      zeros += 1;
      if (zeros > 31) throw new IngestFailure("INGEST_MEDIA", `${what} has a number above 32 bits`);
    }
    return 2 ** zeros - 1 + bits(zeros);
  };
  return {
    bits,
    flag: () => bits(1) === 1,
    unsigned,
    signed: () => {
      const code = unsigned();
      return code % 2 === 0 ? -code / 2 : (code + 1) / 2;
    },
  };
};
