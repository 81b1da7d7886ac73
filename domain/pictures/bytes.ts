/** Reading bytes that may end anywhere: what is beyond the end is undefined, and nothing throws. */
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const uint16 = (bytes: Uint8Array, at: number): number | undefined =>
  at + 2 > bytes.length ? undefined : viewOf(bytes).getUint16(at);

export const uint32 = (bytes: Uint8Array, at: number): number | undefined =>
  at + 4 > bytes.length ? undefined : viewOf(bytes).getUint32(at);

export const uint16LittleEndian = (bytes: Uint8Array, at: number): number | undefined =>
  at + 2 > bytes.length ? undefined : viewOf(bytes).getUint16(at, true);

export const uint32LittleEndian = (bytes: Uint8Array, at: number): number | undefined =>
  at + 4 > bytes.length ? undefined : viewOf(bytes).getUint32(at, true);

export const uint24LittleEndian = (bytes: Uint8Array, at: number): number | undefined => {
  const low = uint16LittleEndian(bytes, at);
  const high = bytes[at + 2];
  return low === undefined || high === undefined ? undefined : low + high * 0x1_0000;
};

/** Four letters, as chunks are named by. */
export const letters = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

export const startsWith = (bytes: Uint8Array, start: readonly number[], at = 0): boolean =>
  start.every((value, place) => bytes[at + place] === value);
