import * as v from "valibot";

/** The best rendition that a token lets its viewer have. */
export const maximumResolutions = ["SD", "HD", "FULL_HD"] as const;
export type MaximumResolution = (typeof maximumResolutions)[number];

/**
 * The limits of IVS for playback tokens (user guide, "Generate and Sign IVS Playback Tokens").
 *
 * A token with a viewer id, or for single use, may live ten minutes; one whose origin is strict may name five of them.
 */
const tokenLimits = { boundSeconds: 600, strictOrigins: 5, viewerIdCharacters: 40 } as const;

/** From here on `exp` can only be in milliseconds: the year 5138 in seconds, 1973 in milliseconds. */
const surelyMilliseconds = 100_000_000_000;

/** `https://live.example.com`, `http://127.0.0.1:8080`, `https://*.example.com`. */
const originPattern = /^https?:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/;

const isStrict = (claims: Record<string, unknown>) => claims["aws:strict-origin-enforcement"] === true;

const originsOf = (list: string): string[] => list.split(",").map((origin) => origin.trim());

const origins = v.pipe(
  v.string("must be a text: a list of origins with commas between them"),
  v.check((list) => list.trim() !== "", "must not be empty; leave it out to allow every origin"),
  v.check(
    (list) => list.trim() === "" || originsOf(list).every((origin) => origin === "*" || originPattern.test(origin)),
    "must be origins such as https://live.example.com, in small letters, without a path",
  ),
);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const channelArn = /^arn:aws[a-z-]*:ivs:[a-z0-9-]+:\d{12}:channel\/[A-Za-z0-9]{12}$/;
const viewerIdRule = `must be 1 to ${tokenLimits.viewerIdCharacters} characters`;

/** What each claim must be by itself. */
const claimSchemas = {
  "aws:channel-arn": v.pipe(
    v.string("must be the ARN of a channel"),
    v.regex(channelArn, "must be the ARN of a channel"),
  ),
  exp: v.pipe(
    v.number("must be a whole number, in seconds since 1970"),
    v.integer("must be a whole number, in seconds since 1970"),
    v.maxValue(surelyMilliseconds - 1, "must be in seconds since 1970; this is in milliseconds"),
  ),
  "aws:access-control-allow-origin": v.optional(origins),
  "aws:strict-origin-enforcement": v.optional(v.boolean("must be true or false")),
  "aws:single-use-uuid": v.optional(v.pipe(v.string("must be a UUID"), v.regex(uuid, "must be a UUID"))),
  "aws:viewer-id": v.optional(
    v.pipe(
      v.string(viewerIdRule),
      v.check((id) => id !== "" && [...id].length <= tokenLimits.viewerIdCharacters, viewerIdRule),
    ),
  ),
  "aws:viewer-session-version": v.optional(
    v.pipe(
      v.number("must be a whole number from 0"),
      v.safeInteger("must be a whole number from 0"),
      v.minValue(0, "must be a whole number from 0"),
    ),
  ),
  "aws:maximum-resolution": v.optional(
    v.picklist(maximumResolutions, `must be one of ${maximumResolutions.join(", ")}`),
  ),
};

const claimsSchema = v.strictObject(claimSchemas, "must be a JSON object");

/** What a playback token says, in the service's own words. */
export type PlaybackClaims = v.InferOutput<typeof claimsSchema>;

/** A claim that breaks a rule of the service. */
export interface ClaimFault {
  readonly claim: string;
  /** In words that can follow the claim's name. */
  readonly rule: string;
  readonly got: string;
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 80);

const faultOf = (issue: v.BaseIssue<unknown>): ClaimFault => {
  const claim = v.getDotPath(issue) ?? "payload";
  const received = issue.path?.at(-1)?.value ?? issue.input;
  if (issue.expected === "never") return { claim, rule: "is not a claim that IVS knows", got: shown(received) };
  return { claim, rule: issue.received === "undefined" ? "must be there" : issue.message, got: shown(received) };
};

type Payload = Readonly<Record<string, unknown>>;

/** Rules that hold between claims, or between a claim and the time. */
function relationFaults(payload: Payload, nowSeconds: number): ClaimFault[] {
  const { exp } = payload;
  const list = payload["aws:access-control-allow-origin"];
  const bound = ["aws:single-use-uuid", "aws:viewer-id"].find((claim) => payload[claim] !== undefined);
  const secondsLeft = typeof exp === "number" && exp < surelyMilliseconds ? exp - nowSeconds : undefined;
  const faults: ClaimFault[] = [];
  if (secondsLeft !== undefined && secondsLeft <= 0) {
    faults.push({ claim: "exp", rule: "must be ahead", got: `${exp}, ${Math.ceil(-secondsLeft)} s ago` });
  }
  if (secondsLeft !== undefined && bound !== undefined && secondsLeft > tokenLimits.boundSeconds) {
    const rule = `must be at most ${tokenLimits.boundSeconds} s ahead with ${bound}`;
    faults.push({ claim: "exp", rule, got: `${exp}, ${Math.ceil(secondsLeft)} s ahead` });
  }
  if (isStrict(payload) && typeof list === "string" && originsOf(list).length > tokenLimits.strictOrigins) {
    const rule = `must name at most ${tokenLimits.strictOrigins} origins with aws:strict-origin-enforcement`;
    faults.push({ claim: "aws:access-control-allow-origin", rule, got: `${originsOf(list).length} origins` });
  }
  if (payload["aws:viewer-session-version"] !== undefined && payload["aws:viewer-id"] === undefined) {
    faults.push({ claim: "aws:viewer-session-version", rule: "needs aws:viewer-id", got: "none" });
  }
  return faults;
}

/**
 * Every rule that a token's payload breaks, the time's among them; none for one that IVS takes.
 *
 * @param now milliseconds since 1970
 */
export function claimFaults(payload: unknown, now: number): ClaimFault[] {
  const read = v.safeParse(claimsSchema, payload);
  const isObject = typeof payload === "object" && payload !== null && !Array.isArray(payload);
  return [...(read.issues ?? []).map(faultOf), ...(isObject ? relationFaults(payload as Payload, now / 1000) : [])];
}

/** A token that was asked for with a claim that breaks a rule; nothing was signed. */
export class ClaimError extends Error {
  readonly code = "ERR_PLAYBACK_CLAIM";
  readonly faults: readonly ClaimFault[];

  constructor(faults: readonly ClaimFault[]) {
    super(`${faults.map(({ claim, rule, got }) => `${claim} ${rule}; got ${got}`).join(". ")}.  ERR_PLAYBACK_CLAIM`);
    this.name = "ClaimError";
    this.faults = faults;
  }
}

/** What a token is to allow. */
export interface TokenRequest {
  readonly channelArn: string;
  /** How long the token may begin playback, in seconds. A viewer who has begun goes on. */
  readonly lifetimeSeconds: number;
  /** Pages that may play, for example `https://live.example.com`. @default every page */
  readonly origins?: readonly string[] | undefined;
  /** The origin is checked for every playlist and segment, not by browsers alone. @default false */
  readonly strictOrigin?: boolean | undefined;
  /** Who watches, for revocation: nothing personal, 40 characters at most. @default nobody in particular */
  readonly viewerId?: string | undefined;
  /** @default 0 */
  readonly viewerSessionVersion?: number | undefined;
  /** A UUID: the token begins playback once. @default as often as it likes */
  readonly singleUseId?: string | undefined;
  /** @default the channel's best */
  readonly maximumResolution?: MaximumResolution | undefined;
}

const defined = <Value extends object>(value: Value) =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));

/**
 * The claims of a new token.
 *
 * @param now milliseconds since 1970
 * @throws ClaimError with every claim that breaks a rule
 */
export function makeClaims(request: TokenRequest, now: number): PlaybackClaims {
  const claims = defined({
    "aws:channel-arn": request.channelArn,
    exp: Math.floor(now / 1000) + request.lifetimeSeconds,
    "aws:access-control-allow-origin": request.origins?.join(","),
    "aws:strict-origin-enforcement": request.strictOrigin || undefined,
    "aws:viewer-id": request.viewerId,
    "aws:viewer-session-version": request.viewerSessionVersion || undefined,
    "aws:single-use-uuid": request.singleUseId,
    "aws:maximum-resolution": request.maximumResolution,
  });
  const faults = claimFaults(claims, now);
  if (faults.length > 0) throw new ClaimError(faults);
  return claims as PlaybackClaims;
}
