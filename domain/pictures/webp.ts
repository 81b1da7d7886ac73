import { letters, startsWith, uint16LittleEndian, uint24LittleEndian, uint32LittleEndian } from "./bytes.ts";
import { found, type PictureReading, refused } from "./reading.ts";

/** Name and length before what a chunk holds. */
const chunkFrame = 8;
const firstChunk = 12;
const animationFlag = 0x02;

interface Size {
  readonly width: number;
  readonly height: number;
}

export const isWebp = (bytes: Uint8Array): boolean => letters(bytes, 0) === "RIFF" && letters(bytes, 8) === "WEBP";

/** A key frame of VP8 (RFC 6386, 9.1): three bytes of tag, a start code, then 14 bits each. */
function readLossy(bytes: Uint8Array, at: number): Size | undefined {
  const width = uint16LittleEndian(bytes, at + 6);
  const height = uint16LittleEndian(bytes, at + 8);
  const isKeyFrame = ((bytes[at] ?? 1) & 1) === 0 && startsWith(bytes, [0x9d, 0x01, 0x2a], at + 3);
  if (!isKeyFrame || width === undefined || height === undefined) return undefined;
  return { width: width & 0x3fff, height: height & 0x3fff };
}

/** VP8L: a signature, then width and height less one, of 14 bits each (WebP lossless specification, 3). */
function readLossless(bytes: Uint8Array, at: number): Size | undefined {
  const bits = uint32LittleEndian(bytes, at + 1);
  if (bytes[at] !== 0x2f || bits === undefined || bits >>> 29 !== 0) return undefined;
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** VP8X: flags, three bytes that are kept free, then the canvas's width and height less one. */
function readCanvas(bytes: Uint8Array, at: number): Size | undefined {
  const width = uint24LittleEndian(bytes, at + 4);
  const height = uint24LittleEndian(bytes, at + 7);
  return width === undefined || height === undefined ? undefined : { width: width + 1, height: height + 1 };
}

const readPixels = (name: string, bytes: Uint8Array, at: number) =>
  name === "VP8 " ? readLossy(bytes, at) : readLossless(bytes, at);

/** Reads a WEBP by its chunks: one picture, on a canvas of its size where there is one, and nothing after it. */
export function readWebp(bytes: Uint8Array): PictureReading {
  const end = (uint32LittleEndian(bytes, 4) ?? 0) + chunkFrame;
  if (!isWebp(bytes) || end > bytes.length) return refused("PICTURE_BROKEN");
  if (end < bytes.length) return refused("PICTURE_TRAILING");
  let canvas: Size | undefined;
  let size: Size | undefined;
  for (let at = firstChunk; at < end; ) {
    const name = letters(bytes, at);
    const length = uint32LittleEndian(bytes, at + 4);
    const held = at + chunkFrame;
    if (length === undefined || held + length > end) return refused("PICTURE_BROKEN");
    // Without a canvas, the picture is the only chunk.
    if (!canvas && at !== firstChunk) return refused("PICTURE_TRAILING");
    if (name === "ANIM" || name === "ANMF") return refused("PICTURE_ANIMATED");
    if (name === "VP8X") {
      if (at !== firstChunk || length !== 10) return refused("PICTURE_BROKEN");
      if (((bytes[held] ?? 0) & animationFlag) !== 0) return refused("PICTURE_ANIMATED");
      canvas = readCanvas(bytes, held);
    }
    if (name === "VP8 " || name === "VP8L") {
      if (size) return refused("PICTURE_ANIMATED");
      size = readPixels(name, bytes.subarray(0, held + length), held);
      if (!size) return refused("PICTURE_BROKEN");
    }
    at = held + length + (length % 2);
  }
  if (!size || (canvas && (canvas.width !== size.width || canvas.height !== size.height))) {
    return refused("PICTURE_BROKEN");
  }
  return found("webp", size.width, size.height);
}
