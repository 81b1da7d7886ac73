import { CliError, isErrorCode } from "../terminal/cli-error.ts";
import type { EncoderEvent } from "./encoder-event.ts";

/** How an encoder ended that was not told to. */
export interface EncoderEnding {
  /** The last that it told. */
  readonly event: EncoderEvent | undefined;
  /** What it said beside its events. */
  readonly said: string;
  /** As the user named it. */
  readonly channel: string;
  /** What was to be sent. @default the test clip */
  readonly file?: string | undefined;
  readonly again: string;
}

/** Why the encoder sends nothing, or no more. */
export function encoderFailure({ event, said, channel, file = "The test clip", again }: EncoderEnding): CliError {
  switch (event?.event) {
    case "refused":
      return new CliError(
        "STREAM_REFUSED",
        `The stream for channel ${channel} was refused.`,
        event.reason,
        `Cure what the server says, then: ${again}`,
      );
    case "lost":
      return new CliError(
        "STREAM_LOST",
        `The stream to channel ${channel} has ended.`,
        event.reason,
        `Again: ${again}`,
      );
    case "unusable":
      return new CliError(
        "VIDEO_UNUSABLE",
        `${file} cannot be sent.`,
        event.reason,
        "Name a file with video that ffmpeg can read.",
      );
    case "failed":
      return new CliError(
        isErrorCode(event.code) ? event.code : "UNEXPECTED",
        "The encoder could not begin.",
        event.reason,
        `Cure it, then: ${again}`,
      );
    default:
      return new CliError("PART_DIED", "The encoder has ended by itself.", said, `Again: ${again}`);
  }
}
