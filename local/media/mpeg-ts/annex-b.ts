import type { VideoUnit } from "../access-unit.ts";
import type { VideoConfiguration } from "../flv/video-configuration.ts";

/** Kinds of NAL units that are told apart here (ITU-T H.264 table 7-1). */
const NAL = { sequenceParameters: 7, delimiter: 9, filler: 12 } as const;
const START_CODE = Uint8Array.of(0, 0, 0, 1);
/** Says that any kind of slice may follow. */
const DELIMITER = Uint8Array.of(0x09, 0xf0);

const typeOf = (nal: Uint8Array): number => (nal[0] ?? 0) & 0x1f;

/** What the transport stream says itself, or what only fills up the encoder's bit rate. */
const isDropped = (nal: Uint8Array): boolean => typeOf(nal) === NAL.delimiter || typeOf(nal) === NAL.filler;

/**
 * One picture as MPEG-TS wants it: NAL units after start codes, an access unit delimiter first, and the parameter sets
 * before a picture at which decoding can begin.
 * @returns the pieces in order; none when the unit holds nothing to show
 */
export const annexB = (unit: VideoUnit, configuration: VideoConfiguration): readonly Uint8Array[] => {
  const nals = unit.nalUnits.filter((nal) => !isDropped(nal));
  if (nals.length === 0) return [];
  const hasOwnSets = nals.some((nal) => typeOf(nal) === NAL.sequenceParameters);
  const { sequenceParameterSets, pictureParameterSets } = configuration;
  const sets = unit.keyframe && !hasOwnSets ? [...sequenceParameterSets, ...pictureParameterSets] : [];
  return [DELIMITER, ...sets, ...nals].flatMap((nal) => [START_CODE, nal]);
};
