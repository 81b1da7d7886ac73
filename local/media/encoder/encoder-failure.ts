/** Why nothing is sent, or no more. */
export type EncoderFailureKind =
  /** The server said no: to the address, the stream key, or the video. */
  | "refused"
  /** The server cannot be reached, is not the one it should be, or is gone. */
  | "lost"
  /** The file holds no video that can be sent. */
  | "unusable";

/** The message is for whoever wanted to send: it says what the server or ffmpeg said. */
export class EncoderFailure extends Error {
  readonly kind: EncoderFailureKind;
  constructor(kind: EncoderFailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
