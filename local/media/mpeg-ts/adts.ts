import type { AudioConfiguration } from "../flv/audio-configuration.ts";

const HEADER_BYTES = 7;
/** The header's length field has 13 bits. */
export const LONGEST_AAC_FRAME = 0x1fff - HEADER_BYTES;
/** How ADTS says eight channels. */
const CONFIGURATION_OF_EIGHT = 7;

/** The ADTS header of one raw AAC frame (ISO/IEC 14496-3 section 1.A.2): MPEG-4, no CRC, one block. */
export const adtsHeader = (configuration: AudioConfiguration, frameBytes: number): Uint8Array => {
  const length = frameBytes + HEADER_BYTES;
  const { objectType, sampleRateIndex } = configuration;
  const channels = Math.min(configuration.channels, CONFIGURATION_OF_EIGHT);
  return Uint8Array.of(
    0xff,
    0xf1,
    ((objectType - 1) << 6) | (sampleRateIndex << 2) | (channels >> 2),
    ((channels & 3) << 6) | (length >> 11),
    (length >> 3) & 0xff,
    ((length & 7) << 5) | 0x1f,
    0xfc,
  );
};
