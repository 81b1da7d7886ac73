import { ClaimError, type ClaimFault, makeClaims, type PlaybackClaims } from "#domain/playback/claims.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { PlaybackUrlOptions } from "./verb.ts";

/** Which option says what a claim says. */
const flags: Readonly<Record<string, string>> = {
  "aws:channel-arn": "--channel-arn",
  exp: "--expires-in",
  "aws:access-control-allow-origin": "--origin",
  "aws:strict-origin-enforcement": "--strict-origin",
  "aws:viewer-session-version": "--viewer-session-version",
  "aws:viewer-id": "--viewer-id",
  "aws:single-use-uuid": "--single-use",
  "aws:maximum-resolution": "--maximum-resolution",
};

/**
 * What a token of these options says.
 *
 * @param now milliseconds since 1970
 * @param newId makes a UUID
 * @throws CliError USAGE naming the option, its rule and its value
 */
export function claimsOf(
  options: PlaybackUrlOptions,
  channelArn: string,
  { now, newId }: { readonly now: number; readonly newId: () => string },
): PlaybackClaims {
  const { expiresIn, origin, strictOrigin, viewerId, viewerSessionVersion, singleUse, maximumResolution } = options;
  const request = {
    ...{ channelArn, lifetimeSeconds: expiresIn, origins: origin },
    ...{ strictOrigin, viewerId, viewerSessionVersion, maximumResolution },
    singleUseId: singleUse ? newId() : undefined,
  };
  try {
    return makeClaims(request, now);
  } catch (thrown) {
    if (!(thrown instanceof ClaimError)) throw thrown;
    const [first = "", ...others] = thrown.faults.map((fault) => inOptions(fault, expiresIn));
    throw new CliError("USAGE", first, [...others, "Nothing was signed."].join("\n"), "See: onair playback-url --help");
  }
}

function inOptions({ claim, rule, got }: ClaimFault, expiresIn: number): string {
  const words = rule.replace(/aws:[a-z-]+/g, (name) => flags[name] ?? name);
  const value = claim === "exp" ? `${expiresIn} s` : got;
  return `${flags[claim] ?? claim} ${words}; got ${value}.`;
}
