import { IngestFailure } from "../ingest-failure.ts";
import { enhancedCodecName, profileName, videoCodecName } from "./codec-names.ts";
import { parseVideoConfiguration, type VideoConfiguration } from "./video-configuration.ts";

/** The body of an FLV video tag (E.4.3 of the FLV specification, version 10.1), understood. */
export type VideoTag =
  | { readonly kind: "configuration"; readonly configuration: VideoConfiguration }
  /** One access unit, still to be cut into NAL units; compositionTime is pts - dts in milliseconds. */
  | { readonly kind: "frame"; readonly compositionTime: number; readonly data: Buffer }
  /** Nothing to show: an end of sequence, a seeking hint, an empty tag. */
  | { readonly kind: "nothing" };

const NOTHING: VideoTag = { kind: "nothing" };
const ENHANCED = 0x80;
const H264 = 7;
/** A frame type that carries a hint for players instead of a picture. */
const COMMAND_FRAME = 5;

/** Baseline, Main and High: what every browser plays. Encoders make others of sources with full or deep colour. */
const PLAYABLE_PROFILES = [66, 77, 100];

const readConfiguration = (record: Buffer): VideoTag => {
  const configuration = parseVideoConfiguration(record);
  const { profile } = configuration;
  if (PLAYABLE_PROFILES.includes(profile)) return { kind: "configuration", configuration };
  throw new IngestFailure(
    "INGEST_CODEC",
    `video must be H.264 of Baseline, Main or High profile (8 bit, 4:2:0): ${profileName(profile)}`,
  );
};

/**
 * The body is kept: what comes out are windows on it.
 * @throws IngestFailure INGEST_CODEC, INGEST_MEDIA
 */
export const parseVideoTag = (body: Buffer): VideoTag => {
  const [first] = body;
  if (first === undefined) return NOTHING;
  if (first & ENHANCED) throw new IngestFailure("INGEST_CODEC", `video must be H.264: ${enhancedCodecName(body)}`);
  const codec = first & 0x0f;
  if (codec !== H264) throw new IngestFailure("INGEST_CODEC", `video must be H.264: ${videoCodecName(codec)}`);
  if (first >> 4 === COMMAND_FRAME) return NOTHING;
  if (body.length < 5) throw new IngestFailure("INGEST_MEDIA", `a video tag of ${body.length} bytes has no header`);
  if (body[1] === 0) return readConfiguration(body.subarray(5));
  if (body[1] === 1) return { kind: "frame", compositionTime: (body.readInt32BE(1) << 8) >> 8, data: body.subarray(5) };
  return NOTHING;
};

const IDR_SLICE = 5;
/** Far above the slices of any encoder; it bounds what a hostile picture makes us allocate. */
const MAXIMUM_NAL_UNITS = 2_000;

/**
 * Cuts an access unit into its NAL units, without copying.
 * @throws IngestFailure INGEST_MEDIA where a length leads past the end, INGEST_LIMIT
 */
export const cutNalUnits = (data: Buffer, lengthSize: number): readonly Buffer[] => {
  const units: Buffer[] = [];
  for (let offset = 0; offset < data.length; ) {
    const start = offset + lengthSize;
    const end = start > data.length ? Number.NaN : start + data.readUIntBE(offset, lengthSize);
    if (!(end <= data.length)) throw new IngestFailure("INGEST_MEDIA", "a picture ends in the middle of a NAL unit");
    if (end > start) units.push(data.subarray(start, end));
    if (units.length > MAXIMUM_NAL_UNITS) {
      throw new IngestFailure("INGEST_LIMIT", `a picture may have ${MAXIMUM_NAL_UNITS} NAL units`);
    }
    offset = end;
  }
  return units;
};

/** Whether decoding can begin here. The picture says it itself; some encoders mark more tags as keyframes than are. */
export const isKeyframe = (units: readonly Buffer[]): boolean =>
  units.some((unit) => ((unit[0] ?? 0) & 0x1f) === IDR_SLICE);
