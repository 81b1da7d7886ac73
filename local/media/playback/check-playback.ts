import { randomBytes } from "node:crypto";
import { type MaximumResolution, type PlaybackClaims, readClaims } from "./claims.ts";
import type { PlaybackMemory } from "./memory.ts";
import { mayPlayFrom, type OriginRule } from "./origins.ts";
import { PlaybackError, type PlaybackRefusal, refusalOf } from "./refusal.ts";
import { readToken } from "./token.ts";

/** A playback restriction policy, as far as it restricts. */
export interface RestrictionPolicy {
  /** Two letters each (ISO 3166-1); empty allows all. */
  readonly allowedCountries: readonly string[];
  /** Empty allows all. */
  readonly allowedOrigins: readonly string[];
  readonly enableStrictOriginEnforcement?: boolean;
}

/** What playback depends on in a channel. */
export interface PlaybackChannel {
  readonly arn: string;
  /** Whether a token is needed. */
  readonly authorized: boolean;
  readonly restrictionPolicy?: RestrictionPolicy | undefined;
}

/** A request for a playlist or a segment. */
export interface PlaybackRequest {
  /** Path and query; a refusal repeats it without the token. */
  readonly url: string;
  /** The Origin header. */
  readonly origin: string | undefined;
  /** Where the viewer is, two letters. Without it, countries are not checked: on one machine nobody knows. */
  readonly country?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A viewer who may play, from the multivariant playlist on. */
export interface PlaybackSession {
  /** Cannot be guessed: whoever has it in a child URL may play. 22 characters of base64url. */
  readonly id: string;
  readonly channelArn: string;
  readonly viewerId: string | undefined;
  readonly viewerSessionVersion: number;
  /** @default every rendition */
  readonly maximumResolution: MaximumResolution | undefined;
  readonly originRule: OriginRule;
}

export type PlaybackVerdict = { readonly allowed: true; readonly session: PlaybackSession } | PlaybackRefusal;

const EVERY_ORIGIN: OriginRule = { origins: [], strict: false };

const notAllowed = (message: string) => new PlaybackError("playback_auth_error", message);

const policyOrigins = ({ restrictionPolicy: policy }: PlaybackChannel): OriginRule =>
  policy ? { origins: policy.allowedOrigins, strict: policy.enableStrictOriginEnforcement ?? false } : EVERY_ORIGIN;

const checkOrigin = (rule: OriginRule, { origin }: PlaybackRequest): void => {
  if (mayPlayFrom(rule, origin)) return;
  throw notAllowed(origin === undefined ? "an Origin header is required" : "this origin is not allowed");
};

const checkCountry = ({ restrictionPolicy }: PlaybackChannel, { country }: PlaybackRequest): void => {
  const allowed = restrictionPolicy?.allowedCountries ?? [];
  if (country === undefined || allowed.length === 0 || allowed.includes(country)) return;
  throw new PlaybackError("content_geoblocked", "this country is not allowed");
};

/**
 * A revocation also refuses tokens that were made after it with the same or a lower version (unverified): to let a
 * viewer in again, raise the version.
 */
const checkRevocation = (
  {
    channelArn,
    viewerId,
    viewerSessionVersion,
  }: Pick<PlaybackSession, "channelArn" | "viewerId" | "viewerSessionVersion">,
  memory: PlaybackMemory,
): void => {
  if (viewerId === undefined) return;
  const revokedUpTo = memory.revokedUpTo(channelArn, viewerId);
  if (revokedUpTo !== undefined && viewerSessionVersion <= revokedUpTo) throw notAllowed("viewer session is revoked");
};

const checkToken = (
  token: string | undefined,
  { arn }: PlaybackChannel,
  keys: readonly string[],
  request: PlaybackRequest,
  memory: PlaybackMemory,
): PlaybackClaims => {
  const claims = readClaims(readToken(token, keys), request.now);
  if (claims.channelArn !== arn) {
    throw new PlaybackError("invalid_playback_auth_token", "aws:channel-arn names another channel");
  }
  checkRevocation(claims, memory);
  checkOrigin(claims.originRule, request);
  return claims;
};

const orRefusal = (url: string, check: () => PlaybackSession): PlaybackVerdict => {
  try {
    return { allowed: true, session: check() };
  } catch (error) {
    if (error instanceof PlaybackError) return refusalOf(error, url);
    throw error;
  }
};

/**
 * Whether a multivariant playlist may be had, which begins a session. A public channel needs no token and looks at none.
 * A single-use token is used up only when nothing else refuses it.
 * @param keys public keys in PEM, of every playback key pair in the channel's account and region
 */
export const checkPlayback = (
  token: string | undefined,
  channel: PlaybackChannel,
  keys: readonly string[],
  request: PlaybackRequest,
  memory: PlaybackMemory,
): PlaybackVerdict =>
  orRefusal(request.url, () => {
    checkCountry(channel, request);
    checkOrigin(policyOrigins(channel), request);
    const claims = channel.authorized ? checkToken(token, channel, keys, request, memory) : undefined;
    const { singleUseId, expires = 0 } = claims ?? {};
    if (singleUseId !== undefined && !memory.useOnce(`${channel.arn} ${singleUseId}`, expires)) {
      throw notAllowed("single-use token was used before");
    }
    return {
      id: randomBytes(16).toString("base64url"),
      channelArn: channel.arn,
      viewerId: claims?.viewerId,
      viewerSessionVersion: claims?.viewerSessionVersion ?? 0,
      maximumResolution: claims?.maximumResolution,
      originRule: claims?.originRule ?? EVERY_ORIGIN,
    };
  });

/**
 * Whether a running session may have one more media playlist or segment. The token's expiry does not end a session, its
 * revocation does; origins are looked at again only where they are enforced strictly.
 */
export const checkSession = (
  session: PlaybackSession,
  channel: PlaybackChannel,
  request: PlaybackRequest,
  memory: PlaybackMemory,
): PlaybackVerdict =>
  orRefusal(request.url, () => {
    if (session.channelArn !== channel.arn) throw notAllowed("this session is of another channel");
    checkRevocation(session, memory);
    for (const rule of [session.originRule, policyOrigins(channel)]) if (rule.strict) checkOrigin(rule, request);
    return session;
  });
