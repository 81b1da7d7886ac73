import type { AudioConfiguration } from "./flv/audio-configuration.ts";
import type { VideoConfiguration } from "./flv/video-configuration.ts";
import type { IngestCode } from "./ingest-failure.ts";

/** When something is shown or heard, in the publication's own clock, which always rises. */
interface Timed {
  /** Milliseconds, without the 32-bit wrap of the wire; always more than the one before of the same kind. */
  readonly dts: number;
  /** The encoder's clock leapt here: what follows does not continue what was before. */
  readonly discontinuity: boolean;
}

/** One picture: an access unit of H.264. */
export interface VideoFrame extends Timed {
  /** Milliseconds; may be before dts where an encoder says so. */
  readonly pts: number;
  /** Decoding can begin here: an IDR picture. */
  readonly keyframe: boolean;
  /** With their headers, without lengths and start codes; windows on memory that belongs to the receiver now. */
  readonly nalUnits: readonly Buffer[];
  /** Of the whole access unit. */
  readonly bytes: number;
}

/** One AAC frame without ADTS header. */
export interface AudioFrame extends Timed {
  readonly data: Buffer;
}

/** Why a publication ended. INGEST_UNPUBLISHED is the ordinary end; the message is fit for a log and an event. */
export interface EndReason {
  readonly code: IngestCode;
  readonly message: string;
}

/** What an encoder says of its stream in onMetaData, by name; numbers and texts only. */
export type StreamMetadata = Readonly<Record<string, number | string | boolean>>;

/**
 * Takes in what one encoder sends. The ingest calls it in order, and never again after {@link Publication.end}, which it
 * calls exactly once. A configuration comes before the first frame of its kind, and again where it changes.
 * If a method throws, the encoder is disconnected; if it gives a promise, nothing more is read from the encoder until it is
 * settled, which is how a slow receiver holds back a fast encoder.
 */
export interface Publication {
  metadata(values: StreamMetadata): void;
  videoConfiguration(configuration: VideoConfiguration): void;
  audioConfiguration(configuration: AudioConfiguration): void;
  video(frame: VideoFrame): void | Promise<void>;
  audio(frame: AudioFrame): void | Promise<void>;
  end(reason: EndReason): void;
}
