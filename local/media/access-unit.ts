import type { AudioConfiguration } from "./flv/audio-configuration.ts";
import type { VideoConfiguration } from "./flv/video-configuration.ts";

/**
 * What ingest hands to the packager, in the order in which the encoder sent it; a configuration holds for the units
 * after it.
 *
 * All times are milliseconds on the encoder's clock. Ingest undoes the 32-bit wrap of RTMP's timestamps, so they may
 * grow beyond 2^32; the packager does not trust them otherwise.
 */
export type MediaUnit =
  | { readonly kind: "video-configuration"; readonly configuration: VideoConfiguration }
  | { readonly kind: "audio-configuration"; readonly configuration: AudioConfiguration }
  | VideoUnit
  | AudioUnit;

/** One coded picture. */
export interface VideoUnit {
  readonly kind: "video";
  readonly dts: number;
  /** `dts` and the composition time offset. */
  readonly pts: number;
  /** Whether decoding can begin here (an IDR picture). */
  readonly keyframe: boolean;
  /** NAL units without lengths or start codes, at least one. */
  readonly nalUnits: readonly Uint8Array[];
}

/** One raw AAC frame, without a header. */
export interface AudioUnit {
  readonly kind: "audio";
  readonly dts: number;
  readonly pts: number;
  readonly data: Uint8Array;
}
