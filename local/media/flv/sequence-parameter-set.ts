import { IngestFailure } from "../ingest-failure.ts";
import { type BitReader, bitReader } from "./bit-reader.ts";

/** What an H.264 sequence parameter set says of the picture. */
export interface SequenceParameters {
  /** profile_idc: 66 Baseline, 77 Main, 100 High. */
  readonly profile: number;
  /** The constraint flags: the byte between profile and level. */
  readonly constraints: number;
  /** level_idc: ten times the level, 31 for level 3.1. */
  readonly level: number;
  /** Pixels, after cropping. */
  readonly width: number;
  readonly height: number;
  /** Frames per second; undefined where the stream does not say, or leaves it to each picture. */
  readonly frameRate?: number;
}

/** Profiles whose parameter sets carry the chroma format (H.264 section 7.3.2.1.1). */
const PROFILES_WITH_CHROMA = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);
/** aspect_ratio_idc that is followed by its width and height. */
const EXTENDED_ASPECT_RATIO = 255;
/** Level 6.2, the highest, has no side above this. */
const MAXIMUM_SIDE = 16_880;
/** Pixels to a unit of cropping, by chroma_format_idc: across, down. */
const CROP_UNITS = [
  [1, 1],
  [2, 2],
  [2, 1],
  [1, 1],
] as const;

/** The bytes without the 0x03 that keeps a start code from appearing within a NAL unit. */
const withoutEmulationPrevention = (unit: Uint8Array): Uint8Array =>
  unit.filter((byte, index) => !(byte === 3 && index > 1 && unit[index - 1] === 0 && unit[index - 2] === 0));

const skipScalingList = (reader: BitReader, size: number): void => {
  let next = 8;
  for (let index = 0, last = 8; index < size && next !== 0; index += 1, last = next || last) {
    next = (last + reader.signed() + 256) % 256;
  }
};

/** Gives the chroma format; 1 (4:2:0) where the profile has no choice. */
const readChroma = (reader: BitReader, profile: number): number => {
  if (!PROFILES_WITH_CHROMA.has(profile)) return 1;
  const format = reader.unsigned();
  const separatePlanes = format === 3 && reader.flag();
  reader.unsigned();
  reader.unsigned();
  reader.bits(1);
  if (reader.flag()) {
    for (let list = 0; list < (format === 3 ? 12 : 8); list += 1) {
      if (reader.flag()) skipScalingList(reader, list < 6 ? 16 : 64);
    }
  }
  return separatePlanes ? 0 : format;
};

const skipPictureOrder = (reader: BitReader): void => {
  const type = reader.unsigned();
  if (type === 0) reader.unsigned();
  if (type !== 1) return;
  reader.bits(1);
  reader.signed();
  reader.signed();
  for (let left = reader.unsigned(); left > 0; left -= 1) reader.signed();
};

/** Reads the usability information as far as the timing. */
const readFrameRate = (reader: BitReader): number | undefined => {
  if (reader.flag() && reader.bits(8) === EXTENDED_ASPECT_RATIO) reader.bits(32);
  if (reader.flag()) reader.bits(1);
  if (reader.flag()) {
    reader.bits(4);
    if (reader.flag()) reader.bits(24);
  }
  if (reader.flag()) {
    reader.unsigned();
    reader.unsigned();
  }
  if (!reader.flag()) return undefined;
  const unitsInTick = reader.bits(32);
  const timeScale = reader.bits(32);
  // A tick is a field: two to a frame.
  return unitsInTick > 0 && timeScale > 0 ? timeScale / (2 * unitsInTick) : undefined;
};

/**
 * Reads a sequence parameter set, its NAL header included.
 * @throws IngestFailure INGEST_MEDIA
 */
export const parseSequenceParameters = (unit: Uint8Array): SequenceParameters => {
  const reader = bitReader(withoutEmulationPrevention(unit), "the sequence parameter set");
  if ((reader.bits(8) & 0x1f) !== 7) throw new IngestFailure("INGEST_MEDIA", "the sequence parameter set is none");
  const profile = reader.bits(8);
  const constraints = reader.bits(8);
  const level = reader.bits(8);
  reader.unsigned();
  const chroma = readChroma(reader, profile);
  reader.unsigned();
  skipPictureOrder(reader);
  reader.unsigned();
  reader.bits(1);
  const widthInMacroblocks = reader.unsigned() + 1;
  const heightInMapUnits = reader.unsigned() + 1;
  const framesOnly = reader.flag();
  if (!framesOnly) reader.bits(1);
  reader.bits(1);
  const crop = reader.flag() ? [0, 1, 2, 3].map(() => reader.unsigned()) : [];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const [unitWidth, unitHeight] = CROP_UNITS[chroma] ?? [1, 1];
  const fields = framesOnly ? 1 : 2;
  const width = widthInMacroblocks * 16 - (left + right) * unitWidth;
  const height = heightInMapUnits * 16 * fields - (top + bottom) * unitHeight * fields;
  if (!(width > 0 && width <= MAXIMUM_SIDE && height > 0 && height <= MAXIMUM_SIDE)) {
    throw new IngestFailure(
      "INGEST_MEDIA",
      `a picture must have sides of 1 to ${MAXIMUM_SIDE} pixels: ${width}x${height}`,
    );
  }
  const frameRate = reader.flag() ? readFrameRate(reader) : undefined;
  return { profile, constraints, level, width, height, ...(frameRate === undefined ? {} : { frameRate }) };
};
