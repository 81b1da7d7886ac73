import { joined, startsWith, uint16 } from "./bytes.ts";
import { shownNote } from "./jpeg-notes.ts";
import { found, type PictureReading, refused } from "./reading.ts";

export const jpegSignature = [0xff, 0xd8, 0xff] as const;

/** Markers (ITU-T T.81, table B.1). */
const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
/** Frames that every browser shows: baseline, extended and progressive, all of Huffman's coding. */
const shownFrames = [0xc0, 0xc1, 0xc2];
/** The other frames: lossless, hierarchical, arithmetic. Between them are tables: C4, C8, CC. */
const otherFrames = [0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];
/** What the pixels of such frames are made out by: Huffman's tables, quantization tables, how often a scan restarts. */
const shownSegments = [...shownFrames, 0xc4, 0xdb, 0xdd, startOfScan];

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a frame's segment says: 8 bits for a sample, and one or three colours. */
function readFrame(bytes: Uint8Array, at: number, length: number): Size | undefined {
  const height = uint16(bytes, at + 3);
  const width = uint16(bytes, at + 5);
  const colours = bytes[at + 7];
  if (height === undefined || width === undefined || bytes[at + 2] !== 8) return undefined;
  return (colours === 1 || colours === 3) && length === 8 + 3 * colours ? { width, height } : undefined;
}

/** Where the next marker is after the pixels of a scan, in which FF is followed by 00 or a restart marker. */
function afterScan(bytes: Uint8Array, from: number): number {
  let at = from;
  for (; at < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return at;
}

/** Reads a JPEG by its segments, from the first to the end of the image. */
export function readJpeg(bytes: Uint8Array): PictureReading {
  if (!startsWith(bytes, jpegSignature)) return refused("PICTURE_BROKEN");
  const shown: ArrayLike<number>[] = [[0xff, startOfImage]];
  let size: Size | undefined;
  let hasPixels = false;
  for (let at = 2; ; ) {
    // A marker may have any number of FF before it.
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined) return refused("PICTURE_BROKEN");
    const from = at;
    at += 2;
    if (marker === endOfImage) {
      if (!size || !hasPixels) return refused("PICTURE_BROKEN");
      return found("jpeg", size.width, size.height, joined([...shown, [0xff, endOfImage]]));
    }
    const length = uint16(bytes, at);
    const isSegment = marker >= 0xc0 && (marker < 0xd0 || marker > startOfImage);
    if (!isSegment || length === undefined || length < 2 || at + length > bytes.length)
      return refused("PICTURE_BROKEN");
    if (otherFrames.includes(marker)) return refused("PICTURE_BROKEN");
    if (shownFrames.includes(marker)) {
      if (size) return refused("PICTURE_ANIMATED");
      size = readFrame(bytes, at, length);
      if (!size) return refused("PICTURE_BROKEN");
    }
    const note = shownNote(marker, bytes.subarray(at + 2, at + length));
    at += length;
    if (marker === startOfScan) {
      if (!size) return refused("PICTURE_BROKEN");
      const end = afterScan(bytes, at);
      if (end > at) hasPixels = true;
      at = end;
    }
    if (shownSegments.includes(marker)) shown.push(bytes.subarray(from, at));
    else if (note) shown.push(note);
  }
}
