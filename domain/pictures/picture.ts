import { startsWith } from "./bytes.ts";
import { jpegSignature, readJpeg } from "./jpeg.ts";
import { pngSignature, readPng } from "./png.ts";
import { type Picture, type PictureReading, type PictureType, refused } from "./reading.ts";
import { isWebp, readWebp } from "./webp.ts";

/** What a picture may be. */
export const pictureLimits = { bytes: 256 * 1024, minimumPixels: 64, maximumPixels: 1024, maximumRatio: 2 } as const;

/** What a picture may be uploaded as, and is shown as. */
export const contentTypes = { png: "image/png", jpeg: "image/jpeg", webp: "image/webp" } as const satisfies Record<
  PictureType,
  string
>;

function readByKind(bytes: Uint8Array): PictureReading {
  if (startsWith(bytes, pngSignature)) return readPng(bytes);
  if (startsWith(bytes, jpegSignature)) return readJpeg(bytes);
  return isWebp(bytes) ? readWebp(bytes) : refused("PICTURE_TYPE");
}

/**
 * Reads what a user wants to be shown by, and takes from it what may be shown. Only the parts that make the picture are
 * taken, so that nothing about its owner and nothing that hides in the file is shown to others; the pixels are not
 * decoded, which browsers do in a process of their own.
 */
export function readPicture(bytes: Uint8Array): PictureReading {
  if (bytes.length > pictureLimits.bytes) return refused("PICTURE_LENGTH");
  const reading = readByKind(bytes);
  if (reading.kind === "refused") return reading;
  return isShownSize(reading.picture) ? reading : refused("PICTURE_DIMENSIONS");
}

/** Of what is longer, a circle would show a small part. */
function isShownSize({ width, height }: Picture): boolean {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const { minimumPixels, maximumPixels, maximumRatio } = pictureLimits;
  return short >= minimumPixels && long <= maximumPixels && long <= short * maximumRatio;
}
