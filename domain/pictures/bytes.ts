/** Reading bytes that may end anywhere: what is beyond the end is undefined, and nothing throws. */
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const uint16 = (bytes: Uint8Array, at: number, isLittleEndian = false): number | undefined =>
  at + 2 > bytes.length ? undefined : viewOf(bytes).getUint16(at, isLittleEndian);

export const uint32 = (bytes: Uint8Array, at: number, isLittleEndian = false): number | undefined =>
  at + 4 > bytes.length ? undefined : viewOf(bytes).getUint32(at, isLittleEndian);

export const uint16LittleEndian = (bytes: Uint8Array, at: number): number | undefined => uint16(bytes, at, true);

export const uint32LittleEndian = (bytes: Uint8Array, at: number): number | undefined => uint32(bytes, at, true);

export const uint24LittleEndian = (bytes: Uint8Array, at: number): number | undefined => {
  const low = uint16LittleEndian(bytes, at);
  const high = bytes[at + 2];
  return low === undefined || high === undefined ? undefined : low + high * 0x1_0000;
};

/** Four letters, as chunks are named by. */
export const letters = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

export const startsWith = (bytes: Uint8Array, start: readonly number[], at = 0): boolean =>
  start.every((value, place) => bytes[at + place] === value);

/** A text's letters, each of one byte. */
export const asciiBytes = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

export const littleEndian32 = (value: number): number[] => [0, 8, 16, 24].map((bits) => (value >>> bits) & 0xff);

/** The parts, one after the other. */
export function joined(parts: readonly ArrayLike<number>[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
