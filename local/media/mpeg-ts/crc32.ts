const POLYNOMIAL = 0x04c11db7;

const entry = (byte: number): number => {
  let remainder = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) remainder = (remainder << 1) ^ (remainder < 0 ? POLYNOMIAL : 0);
  return remainder;
};

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => entry(byte));

/** The checksum at the end of each table (ISO/IEC 13818-1 annex A); over table and checksum it is 0. */
export const crc32 = (bytes: Uint8Array): number => {
  let remainder = -1;
  for (const byte of bytes) remainder = (remainder << 8) ^ (TABLE[((remainder >>> 24) ^ byte) & 0xff] ?? 0);
  return remainder >>> 0;
};
