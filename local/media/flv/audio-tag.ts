import { IngestFailure } from "../ingest-failure.ts";
import { type AudioConfiguration, parseAudioConfiguration } from "./audio-configuration.ts";
import { audioCodecName, enhancedCodecName } from "./codec-names.ts";

/** The body of an FLV audio tag (E.4.2 of the FLV specification, version 10.1), understood. */
export type AudioTag =
  | { readonly kind: "configuration"; readonly configuration: AudioConfiguration }
  /** One AAC frame without ADTS header. */
  | { readonly kind: "frame"; readonly data: Buffer }
  | { readonly kind: "nothing" };

const AAC = 10;
/** The sound format that FLV left free, and that enhanced RTMP begins with. */
const ENHANCED = 9;

/**
 * The body is kept: what comes out are windows on it.
 * @throws IngestFailure INGEST_CODEC, INGEST_MEDIA
 */
export const parseAudioTag = (body: Buffer): AudioTag => {
  const [first, type] = body;
  if (first === undefined) return { kind: "nothing" };
  const format = first >> 4;
  if (format !== AAC) {
    const name = format === ENHANCED ? enhancedCodecName(body) : audioCodecName(format);
    throw new IngestFailure("INGEST_CODEC", `audio must be AAC: ${name}`);
  }
  if (type === undefined) throw new IngestFailure("INGEST_MEDIA", "an audio tag of 1 byte has no header");
  if (type === 0) return { kind: "configuration", configuration: parseAudioConfiguration(body.subarray(2)) };
  return body.length > 2 ? { kind: "frame", data: body.subarray(2) } : { kind: "nothing" };
};
