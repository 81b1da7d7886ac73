/** Why a publication is over, or was never begun; logs, events and tests know it by this word. */
export type IngestCode =
  /** The encoder said that it was done. */
  | "INGEST_UNPUBLISHED"
  /** The connection is gone without a word: the encoder was killed, or the network failed. */
  | "INGEST_LOST"
  /** Nothing came for too long. */
  | "INGEST_IDLE"
  /** We disconnected the encoder: its stream was stopped, its key deleted, another one took over. */
  | "INGEST_DISCONNECTED"
  /** The server is going down. */
  | "INGEST_CLOSED"
  /** The stream key, the application or the kind of connection was not accepted. */
  | "INGEST_REFUSED"
  /** Not H.264 and AAC in classic FLV tags. */
  | "INGEST_CODEC"
  /** A tag of audio or video that cannot be read. */
  | "INGEST_MEDIA"
  /** Bytes that are not RTMP. */
  | "INGEST_PROTOCOL"
  /** RTMP, but more of it than one encoder needs. */
  | "INGEST_LIMIT"
  /** A fault of ours. */
  | "INGEST_INTERNAL";

/** Ends one encoder's connection, and nothing else. The message is for the encoder's user: it names rule and value, never the key. */
export class IngestFailure extends Error {
  readonly code: IngestCode;
  constructor(code: IngestCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
