/**
 * What ingest hands to the packager: coded pictures and sound, as the encoder sent them, with their times.
 *
 * All times are milliseconds on the encoder's clock. Ingest undoes the 32-bit wrap of RTMP's timestamps, so they may
 * grow beyond 2^32; the packager does not trust them otherwise.
 */

/** An H.264 decoder configuration (the `avcC` record of ISO/IEC 14496-15), taken apart. */
export interface VideoConfiguration {
  readonly kind: "video-configuration";
  /** Sequence parameter sets, each one NAL unit without a start code. */
  readonly sps: readonly Uint8Array[];
  /** Picture parameter sets, each one NAL unit without a start code. */
  readonly pps: readonly Uint8Array[];
  /** How many bytes tell the length of each NAL unit in {@link VideoUnit.data}: 1, 2 or 4. */
  readonly lengthSize: number;
}

/** An AAC decoder configuration. */
export interface AudioConfiguration {
  readonly kind: "audio-configuration";
  /** The AudioSpecificConfig of ISO/IEC 14496-3, as it is. */
  readonly audioSpecificConfig: Uint8Array;
}

/** One coded picture. */
export interface VideoUnit {
  readonly kind: "video";
  readonly dts: number;
  /** `dts` and the composition time offset. */
  readonly pts: number;
  /** Whether decoding can begin here (an IDR picture). */
  readonly keyframe: boolean;
  /** NAL units, each after its length (AVCC). */
  readonly data: Uint8Array;
}

/** One raw AAC frame, without a header. */
export interface AudioUnit {
  readonly kind: "audio";
  readonly dts: number;
  readonly pts: number;
  readonly data: Uint8Array;
}

/** In the order in which the encoder sent them; a configuration holds for the units after it. */
export type MediaUnit = VideoConfiguration | AudioConfiguration | VideoUnit | AudioUnit;
