/** Four bytes of seven bits each, so that a length never looks like the start of a sound frame (ID3v2.4 section 6.2). */
export const syncsafe = (value: number): [number, number, number, number] => [
  (value >> 21) & 0x7f,
  (value >> 14) & 0x7f,
  (value >> 7) & 0x7f,
  value & 0x7f,
];

export const readSyncsafe = (bytes: Uint8Array, offset: number): number =>
  [0, 1, 2, 3].reduce((value, index) => value * 128 + ((bytes[offset + index] ?? 0) & 0x7f), 0);
