import { IvsError } from "#aws/ivs/ivs-error.ts";
import { awsFailure } from "../bootstrap/aws-failure.ts";
import { CliError } from "../terminal/cli-error.ts";
import { nearest } from "./nearest.ts";

const shownNames = 8;

/**
 * A failed call to Amazon IVS as an error that says what to do; other errors stay what they are.
 *
 * @param asked the channel that the user named
 */
export function ivsFailure(thrown: unknown, again: string, asked = ""): unknown {
  if (!(thrown instanceof IvsError)) return awsFailure(thrown, again);
  const { code, message, candidates } = thrown;
  if (code === "CHANNEL_AMBIGUOUS") {
    return new CliError(code, message, candidates.join("\n"), "Name the one that you mean by its ARN.");
  }
  if (code === "STREAM_KEY_MISSING") {
    return new CliError(
      code,
      message,
      "Nothing was sent.",
      "Make one: aws ivs create-stream-key --channel-arn <its ARN>",
    );
  }
  const more = candidates.length > shownNames ? ", ..." : "";
  const there = candidates.length === 0 ? "none" : `${candidates.slice(0, shownNames).join(", ")}${more}`;
  const meant = nearest(asked, candidates);
  const cure = meant === undefined ? "Choose one of them: onair status" : `Did you mean ${meant}?`;
  return new CliError(code, message, `Channels here: ${there}.`, candidates.length === 0 ? "See: onair status" : cure);
}
