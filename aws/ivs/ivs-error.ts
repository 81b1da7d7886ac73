export type IvsErrorCode = "CHANNEL_UNKNOWN" | "CHANNEL_AMBIGUOUS" | "STREAM_KEY_MISSING";

/** Something of Amazon IVS that is not as it was asked for; nothing was changed. */
export class IvsError extends Error {
  readonly code: IvsErrorCode;
  /** What could have been meant instead, for example the names of the channels that there are. */
  readonly candidates: readonly string[];

  constructor(code: IvsErrorCode, message: string, candidates: readonly string[] = []) {
    super(message);
    this.name = "IvsError";
    this.code = code;
    this.candidates = candidates;
  }
}
