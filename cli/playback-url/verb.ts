import { type Command, InvalidArgumentError } from "commander";
import type { MaximumResolution } from "#domain/playback/claims.ts";
import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";
import { wholeNumber } from "../terminal/whole-number.ts";
import { parseTimeLimit } from "../test-stream/time-limit.ts";

export interface PlaybackUrlOptions extends TargetOptions {
  readonly channel?: string;
  readonly channelArn?: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly keyId?: string;
  readonly origin?: readonly string[];
  readonly strictOrigin?: boolean;
  readonly viewerId?: string;
  readonly viewerSessionVersion?: number;
  readonly singleUse?: boolean;
  readonly maximumResolution?: MaximumResolution;
}

/** Whole seconds, as a token counts them. */
export function parseLifetime(text: string): number {
  const seconds = parseTimeLimit(text) / 1000;
  if (Number.isInteger(seconds)) return seconds;
  throw new InvalidArgumentError("Write it in whole seconds: 90s, 30m or 2h; a bare number is seconds.");
}

const more = (origin: string, before: readonly string[] = []): readonly string[] => [...before, origin];

/** Three options are also known by other spellings, which a walkthrough that many have read uses. */
function defineClaims(command: Command): void {
  command
    .option("--channel <name>", "the channel, by its name")
    .option("--channelArn, --channel-arn <arn>", "or by its ARN")
    .requiredOption("--expiresIn, --expires-in <time>", "30m, 2h; a bare number is seconds", parseLifetime)
    .option("--keyId, --key-id <id>", "KMS key; the platform's unless said")
    .option("--origin <origin>", "a page that may play; can be repeated", more)
    .option("--strict-origin", "checked with every fetch, not at first")
    .option("--viewer-id <id>", "for revocation; nothing personal")
    .option("--viewer-session-version <n>", "with --viewer-id", wholeNumber(0, Number.MAX_SAFE_INTEGER))
    .option("--single-use", "begins playback once")
    .option("--maximum-resolution <size>", "SD, HD or FULL_HD, no better");
}

/** `onair playback-url`. */
export const playbackUrlVerb: Verb = {
  examples: [
    "onair playback-url --channel backstage --expires-in 30m",
    "onair playback-url --channel backstage --expiresIn 600 --single-use",
  ],
  exitCodes: "0 ok, 1 failed, 2 usage, 4 nothing runs or answers.",
  define: (command) => {
    defineClaims(command);
    addTargetOptions(command);
  },
  run: async (terminal, _, options) => {
    const { showPlaybackUrl } = await import("./show-playback-url.ts");
    return showPlaybackUrl(terminal, options as unknown as PlaybackUrlOptions);
  },
};
