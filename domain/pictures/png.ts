import { joined, letters, startsWith, uint32 } from "./bytes.ts";
import { found, type PictureReading, refused } from "./reading.ts";

export const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/** Length and name before, checksum after what a chunk holds. */
const chunkFrame = 12;
const header = { at: pngSignature.length, length: 13 } as const;

/** Bit depths by colour type (PNG specification, 11.2.2). */
const bitDepths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/**
 * Chunks after the header that say how the picture looks, each with the most bytes that it needs. All others are about
 * it: texts, EXIF, when it was changed, what a program keeps to itself.
 */
const shownChunks: ReadonlyMap<string, number> = new Map([
  ["PLTE", 768],
  ["tRNS", 256],
  ["gAMA", 4],
  ["sRGB", 1],
  ["cHRM", 32],
  ["iCCP", Number.POSITIVE_INFINITY],
  ["IDAT", Number.POSITIVE_INFINITY],
  ["IEND", 0],
]);

function hasValidHeader(bytes: Uint8Array): boolean {
  const [depth = 0, colour = 0, compression, filter, interlace = 2] = bytes.subarray(header.at + 16, header.at + 21);
  return (
    uint32(bytes, header.at) === header.length &&
    letters(bytes, header.at + 4) === "IHDR" &&
    (bitDepths[colour] ?? []).includes(depth) &&
    compression === 0 &&
    filter === 0 &&
    interlace <= 1
  );
}

/** Reads a PNG by its chunks, from the header to IEND. */
export function readPng(bytes: Uint8Array): PictureReading {
  const width = uint32(bytes, header.at + 8);
  const height = uint32(bytes, header.at + 12);
  if (!startsWith(bytes, pngSignature) || !hasValidHeader(bytes) || width === undefined || height === undefined) {
    return refused("PICTURE_BROKEN");
  }
  let at = header.at + header.length + chunkFrame;
  const shown = [bytes.subarray(0, at)];
  for (let hasPixels = false; ; ) {
    const length = uint32(bytes, at);
    if (length === undefined || at + length + chunkFrame > bytes.length) return refused("PICTURE_BROKEN");
    const name = letters(bytes, at + 4);
    if (["acTL", "fcTL", "fdAT"].includes(name)) return refused("PICTURE_ANIMATED");
    if (length <= (shownChunks.get(name) ?? -1)) shown.push(bytes.subarray(at, at + length + chunkFrame));
    at += length + chunkFrame;
    if (name === "IDAT") hasPixels = true;
    if (name !== "IEND") continue;
    return hasPixels && length === 0 ? found("png", width, height, joined(shown)) : refused("PICTURE_BROKEN");
  }
}
