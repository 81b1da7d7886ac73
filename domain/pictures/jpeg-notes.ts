import { asciiBytes, startsWith, uint16, uint32 } from "./bytes.ts";

/** Application segments of a JPEG: `APP0` to `APP15`. */
const application = (number: number) => 0xe0 + number;

const segment = (marker: number, held: readonly number[]): number[] => [
  ...[0xff, marker, (held.length + 2) >> 8, (held.length + 2) & 0xff],
  ...held,
];

const jfif = asciiBytes("JFIF\0");
const exif = asciiBytes("Exif\0\0");
const adobe = asciiBytes("Adobe");

/** Before a preview: name, version, density, and how large the preview is. */
const jfifLength = 14;
/** Name, version, flags, and how colours are coded, without which some pictures are shown in false colours. */
const adobeLength = 12;

const orientationTag = 0x0112;
/** A whole number of two bytes, as TIFF counts kinds of values. */
const short = 3;
const entryLength = 12;

/** How a camera was held, 1 to 8, as the first directory of EXIF says it (TIFF 6.0, section 2). */
function orientationOf(held: Uint8Array): number | undefined {
  if (!startsWith(held, exif)) return undefined;
  const tiff = held.subarray(exif.length);
  const isLittleEndian = startsWith(tiff, asciiBytes("II"));
  const directory = uint32(tiff, 4, isLittleEndian) ?? tiff.length;
  const count = uint16(tiff, directory, isLittleEndian) ?? 0;
  for (let place = 0; place < count; place += 1) {
    const entry = directory + 2 + place * entryLength;
    if (entry + entryLength > tiff.length) return undefined;
    if (uint16(tiff, entry, isLittleEndian) !== orientationTag) continue;
    return uint16(tiff, entry + 2, isLittleEndian) === short ? uint16(tiff, entry + 8, isLittleEndian) : undefined;
  }
  return undefined;
}

/** EXIF that says which side is up and nothing else. */
const orientationOnly = (orientation: number): number[] =>
  segment(application(1), [
    ...exif,
    ...asciiBytes("MM"),
    ...[0, 42, 0, 0, 0, 8],
    ...[0, 1, orientationTag >> 8, orientationTag & 0xff, 0, short, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  ]);

/**
 * What is to be kept of an application segment, which says something about the picture: density without a preview, the
 * coding of colours, which side is up. Nothing of any other.
 *
 * @param held what the segment holds, without marker and length
 */
export function shownNote(marker: number, held: Uint8Array): ArrayLike<number> | undefined {
  if (marker === application(0) && startsWith(held, jfif) && held.length >= jfifLength) {
    return segment(marker, [...held.subarray(0, jfifLength - 2), 0, 0]);
  }
  if (marker === application(14) && startsWith(held, adobe) && held.length >= adobeLength) {
    return segment(marker, [...held.subarray(0, adobeLength)]);
  }
  const orientation = marker === application(1) ? (orientationOf(held) ?? 1) : 1;
  return orientation >= 2 && orientation <= 8 ? orientationOnly(orientation) : undefined;
}
