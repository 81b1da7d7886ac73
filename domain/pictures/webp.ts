import {
  asciiBytes,
  joined,
  letters,
  littleEndian32,
  startsWith,
  uint16LittleEndian,
  uint24LittleEndian,
  uint32LittleEndian,
} from "./bytes.ts";
import { found, type PictureReading, refused } from "./reading.ts";

/** Name and length before what a chunk holds. */
const chunkFrame = 8;
const firstChunk = 12;
const animationFlag = 0x02;
/** That there is a colour profile, and that some of it is transparent. The others are animation, EXIF and XMP. */
const shownFlags = 0x30;
/** Chunks that say how the picture looks, beside its canvas. All others are about it. */
const shownChunks = ["ICCP", "ALPH", "VP8 ", "VP8L"];

interface Size {
  readonly width: number;
  readonly height: number;
}

export const isWebp = (bytes: Uint8Array): boolean => letters(bytes, 0) === "RIFF" && letters(bytes, 8) === "WEBP";

/** A key frame of VP8 (RFC 6386, 9.1): three bytes of tag, a start code, then 14 bits each. */
function readLossy(held: Uint8Array): Size | undefined {
  const width = uint16LittleEndian(held, 6);
  const height = uint16LittleEndian(held, 8);
  const isKeyFrame = ((held[0] ?? 1) & 1) === 0 && startsWith(held, [0x9d, 0x01, 0x2a], 3);
  if (!isKeyFrame || width === undefined || height === undefined) return undefined;
  return { width: width & 0x3fff, height: height & 0x3fff };
}

/** VP8L: a signature, then width and height less one, of 14 bits each (WebP lossless specification, 3). */
function readLossless(held: Uint8Array): Size | undefined {
  const bits = uint32LittleEndian(held, 1);
  if (held[0] !== 0x2f || bits === undefined || bits >>> 29 !== 0) return undefined;
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** VP8X: flags, three bytes that are kept free, then the canvas's width and height less one. */
function readCanvas(held: Uint8Array): Size | undefined {
  const width = uint24LittleEndian(held, 4);
  const height = uint24LittleEndian(held, 7);
  return width === undefined || height === undefined ? undefined : { width: width + 1, height: height + 1 };
}

const readPixels = (name: string, held: Uint8Array) => (name === "VP8 " ? readLossy(held) : readLossless(held));

const chunk = (name: string, held: Uint8Array): Uint8Array =>
  joined([asciiBytes(name), littleEndian32(held.length), held, held.length % 2 === 0 ? [] : [0]]);

/** A canvas that promises nothing that is not shown. */
const shownCanvas = (held: Uint8Array): Uint8Array =>
  chunk("VP8X", joined([[(held[0] ?? 0) & shownFlags, 0, 0, 0], held.subarray(4)]));

function fileOf(chunks: readonly Uint8Array[]): Uint8Array {
  const held = joined([asciiBytes("WEBP"), ...chunks]);
  return joined([asciiBytes("RIFF"), littleEndian32(held.length), held]);
}

/** Reads a WEBP by its chunks: one picture, on a canvas of its size where there is one. */
export function readWebp(bytes: Uint8Array): PictureReading {
  const end = (uint32LittleEndian(bytes, 4) ?? 0) + chunkFrame;
  if (!isWebp(bytes) || end > bytes.length) return refused("PICTURE_BROKEN");
  const shown: Uint8Array[] = [];
  let canvas: Size | undefined;
  let size: Size | undefined;
  for (let at = firstChunk; at < end; ) {
    const name = letters(bytes, at);
    const length = uint32LittleEndian(bytes, at + 4);
    const from = at + chunkFrame;
    if (length === undefined || from + length > end) return refused("PICTURE_BROKEN");
    const held = bytes.subarray(from, from + length);
    if (name === "ANIM" || name === "ANMF") return refused("PICTURE_ANIMATED");
    if (name === "VP8X") {
      if (at !== firstChunk || length !== 10) return refused("PICTURE_BROKEN");
      if (((held[0] ?? 0) & animationFlag) !== 0) return refused("PICTURE_ANIMATED");
      canvas = readCanvas(held);
      shown.push(shownCanvas(held));
    }
    if (name === "VP8 " || name === "VP8L") {
      if (size) return refused("PICTURE_ANIMATED");
      size = readPixels(name, held);
      if (!size) return refused("PICTURE_BROKEN");
    }
    // Without a canvas, the pixels are the only chunk.
    if (shownChunks.includes(name) && (canvas || name.startsWith("VP8"))) shown.push(chunk(name, held));
    at = from + length + (length % 2);
  }
  if (!size || (canvas && (canvas.width !== size.width || canvas.height !== size.height))) {
    return refused("PICTURE_BROKEN");
  }
  return found("webp", size.width, size.height, fileOf(shown));
}
