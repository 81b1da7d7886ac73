import { IngestFailure } from "../ingest-failure.ts";
import { type BitReader, bitReader } from "./bit-reader.ts";

/** What a decoder must know before the first sound, from an AudioSpecificConfig (ISO 14496-3 section 1.6.2.1). */
export interface AudioConfiguration {
  /** As RFC 6381 writes it: `mp4a.40.2` for AAC-LC. */
  readonly codec: string;
  /** The audio object type of the core coder, as an ADTS header says it (less one): 2 for AAC-LC. */
  readonly objectType: number;
  /** Index of the core coder's sample rate, as an ADTS header says it. */
  readonly sampleRateIndex: number;
  /** Hertz, of the core coder. */
  readonly sampleRate: number;
  readonly channels: number;
  /** The configuration itself. */
  readonly record: Buffer;
}

const SAMPLE_RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];
const ESCAPED_OBJECT_TYPE = 31;
const LOW_COMPLEXITY = 2;
/** Spectral band replication and parametric stereo: extensions that wrap a core coder (HE-AAC). */
const WRAPPERS = [5, 29];
const EXPLICIT_RATE = 15;

const readObjectType = (reader: BitReader): number => {
  const type = reader.bits(5);
  return type === ESCAPED_OBJECT_TYPE ? 32 + reader.bits(6) : type;
};

/** The index of a rate, or of the one that is written out, if ADTS knows it. */
const readSampleRateIndex = (reader: BitReader): number => {
  const index = reader.bits(4);
  return index === EXPLICIT_RATE ? SAMPLE_RATES.indexOf(reader.bits(24)) : index;
};

/** Channel configuration 7 means eight channels. */
const channelsOf = (configuration: number): number => (configuration === 7 ? 8 : configuration);

/**
 * @throws IngestFailure INGEST_MEDIA where it cannot be read, INGEST_CODEC for anything but AAC-LC and what is built on it
 */
export const parseAudioConfiguration = (record: Buffer): AudioConfiguration => {
  const reader = bitReader(record, "the AAC configuration");
  const outerType = readObjectType(reader);
  const sampleRateIndex = readSampleRateIndex(reader);
  const channels = channelsOf(reader.bits(4));
  const wrapped = WRAPPERS.includes(outerType);
  if (wrapped) readSampleRateIndex(reader);
  const objectType = wrapped ? readObjectType(reader) : outerType;
  if (objectType !== LOW_COMPLEXITY) {
    throw new IngestFailure("INGEST_CODEC", `audio must be AAC-LC (audio object type 2): ${objectType}`);
  }
  const sampleRate = SAMPLE_RATES[sampleRateIndex];
  if (sampleRate === undefined)
    throw new IngestFailure("INGEST_MEDIA", "the AAC configuration has no known sample rate");
  if (channels < 1 || channels > 8) {
    throw new IngestFailure("INGEST_MEDIA", `the AAC configuration must say 1 to 8 channels: ${channels}`);
  }
  return { codec: `mp4a.40.${outerType}`, objectType, sampleRateIndex, sampleRate, channels, record };
};
