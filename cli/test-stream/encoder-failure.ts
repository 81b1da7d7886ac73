import { CliError, isErrorCode } from "../terminal/cli-error.ts";
import type { EncoderEvent } from "./encoder-event.ts";

/**
 * Why the encoder sends nothing, or no more.
 *
 * @param channel as the user named it
 * @param file what was to be sent, if not the test clip
 */
export function encoderFailure(
  event: EncoderEvent | undefined,
  channel: string,
  file: string,
  again: string,
): CliError {
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
        `${file || "The test clip"} cannot be sent.`,
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
      return new CliError("PART_DIED", "The encoder has ended without a word.", "", `Again: ${again}`);
  }
}
