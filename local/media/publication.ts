import type { MediaUnit } from "./access-unit.ts";
import type { IngestCode } from "./ingest-failure.ts";

/** Why a publication ended. INGEST_UNPUBLISHED is the ordinary end; the message is fit for a log and an event. */
export interface EndReason {
  readonly code: IngestCode;
  readonly message: string;
}

/** What an encoder says of its stream in onMetaData, by name. */
export type StreamMetadata = Readonly<Record<string, number | string | boolean>>;

/**
 * Takes in what one encoder sends. The ingest calls it in order, and never again after {@link Publication.end}, which it
 * calls exactly once. A configuration comes before the first unit of its kind, and again where it changes. If a method
 * throws, the encoder is disconnected.
 */
export interface Publication {
  /** Told when the encoder describes its stream, usually once before the first unit. */
  metadata(values: StreamMetadata): void;
  /**
   * Units of one kind come with rising times. The memory of a unit belongs to the receiver. Where a promise is given,
   * nothing more is read from the encoder until it is settled: so a slow receiver holds back a fast encoder.
   */
  media(unit: MediaUnit): void | Promise<void>;
  end(reason: EndReason): void;
}
