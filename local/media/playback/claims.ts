import type { OriginRule } from "./origins.ts";
import { PlaybackError } from "./refusal.ts";

const RESOLUTIONS = ["SD", "HD", "FULL_HD"] as const;

/** The best rendition that a token lets its viewer have. */
export type MaximumResolution = (typeof RESOLUTIONS)[number];

/** What a playback token says, once it is known to be well formed. */
export interface PlaybackClaims {
  readonly channelArn: string;
  /** Seconds since 1970. */
  readonly expires: number;
  readonly originRule: OriginRule;
  readonly singleUseId: string | undefined;
  readonly viewerId: string | undefined;
  /** 0 where the token names none. */
  readonly viewerSessionVersion: number;
  readonly maximumResolution: MaximumResolution | undefined;
}

/** With a viewer id or for single use, a token may expire at most so far ahead. */
const MOST_SECONDS_AHEAD = 600;
const MOST_STRICT_ORIGINS = 5;
const MOST_VIEWER_ID_CHARACTERS = 40;
/** The year 5138 in seconds; any date in milliseconds since 1973 is above it. */
const SURELY_MILLISECONDS = 100_000_000_000;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const refused = (message: string) => new PlaybackError("invalid_playback_auth_token", message);

type Payload = Readonly<Record<string, unknown>>;

/** Reads a claim that may be absent; null is not absent. */
const optional = <Type>(payload: Payload, name: string, fits: (value: unknown) => value is Type, rule: string) => {
  const value = payload[name];
  if (value === undefined) return undefined;
  if (!fits(value)) throw refused(`${name} must be ${rule}`);
  return value;
};

const isString = (value: unknown): value is string => typeof value === "string";
const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
const isUuid = (value: unknown): value is string => isString(value) && UUID.test(value);
const isInt64 = (value: unknown): value is number => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 63;
const isResolution = (value: unknown): value is MaximumResolution => RESOLUTIONS.some((one) => one === value);
const isViewerId = (value: unknown): value is string =>
  isString(value) && value !== "" && [...value].length <= MOST_VIEWER_ID_CHARACTERS;

/**
 * AWS publishes a sample that writes milliseconds. The service takes it for a date in the far future, so that the token
 * never expires; here it is refused, before it is used in earnest.
 */
const readExpires = (exp: unknown, nowSeconds: number): number => {
  if (typeof exp !== "number" || !Number.isInteger(exp)) throw refused("exp must be an integer, in seconds since 1970");
  if (exp >= SURELY_MILLISECONDS) throw refused(`exp ${exp} is in milliseconds; it must be in seconds since 1970`);
  if (exp <= nowSeconds) throw refused(`token is expired by ${Math.floor(nowSeconds - exp)} s`);
  return exp;
};

const readOriginRule = (payload: Payload): OriginRule => {
  const list = optional(payload, "aws:access-control-allow-origin", isString, "a string") ?? "";
  const strict = optional(payload, "aws:strict-origin-enforcement", isBoolean, "true or false") ?? false;
  const origins = list
    .split(",")
    .map((origin) => origin.trim())
    .filter((origin) => origin !== "");
  if (strict && origins.length > MOST_STRICT_ORIGINS) {
    throw refused(`aws:access-control-allow-origin must name at most ${MOST_STRICT_ORIGINS} origins if strict`);
  }
  return { origins, strict };
};

/**
 * Checks every claim by itself and the rules between claims (user guide, "Generate and Sign IVS Playback Tokens").
 * Claims that IVS does not know are ignored.
 * @param now milliseconds since 1970
 * @throws PlaybackError naming the claim and its rule
 */
export const readClaims = (payload: Payload, now: number): PlaybackClaims => {
  const channelArn = payload["aws:channel-arn"];
  if (!isString(channelArn) || channelArn === "") throw refused("aws:channel-arn is required, a string");
  const expires = readExpires(payload.exp, now / 1000);
  const singleUseId = optional(payload, "aws:single-use-uuid", isUuid, "a UUID");
  const viewerIdRule = `a string of 1 to ${MOST_VIEWER_ID_CHARACTERS} characters`;
  const viewerId = optional(payload, "aws:viewer-id", isViewerId, viewerIdRule);
  const version = optional(payload, "aws:viewer-session-version", isInt64, "an integer of 64 bits");
  if (version !== undefined && viewerId === undefined) {
    throw refused("aws:viewer-session-version needs aws:viewer-id");
  }
  const isShortLived = singleUseId !== undefined || viewerId !== undefined;
  if (isShortLived && expires > now / 1000 + MOST_SECONDS_AHEAD) {
    const claim = singleUseId === undefined ? "aws:viewer-id" : "aws:single-use-uuid";
    throw refused(`exp must be at most ${MOST_SECONDS_AHEAD} s ahead with ${claim}`);
  }
  return {
    channelArn,
    expires,
    originRule: readOriginRule(payload),
    singleUseId,
    viewerId,
    viewerSessionVersion: version ?? 0,
    maximumResolution: optional(payload, "aws:maximum-resolution", isResolution, RESOLUTIONS.join(", ")),
  };
};
