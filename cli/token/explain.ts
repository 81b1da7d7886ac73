import { localTime, timeFrom } from "../terminal/local-time.ts";

type Claims = Readonly<Record<string, unknown>>;

/** From here on a number of `exp` is milliseconds: the year 5138 in seconds. */
const surelyMilliseconds = 100_000_000_000;
/** No Date is later. */
const lastDate = 8_640_000_000_000_000;

/** What a token allows: each claim that IVS knows, in its words and in ours, and what it means that one is not there. */
export function explainClaims(claims: Claims, now: number): readonly (readonly [claim: string, words: string])[] {
  return Object.entries(explanations).map(([claim, { there, absent }]) => [
    claim,
    claims[claim] === undefined ? absent : there(claims[claim], { claims, now }),
  ]);
}

interface Explanation {
  readonly there: (value: unknown, beside: { readonly claims: Claims; readonly now: number }) => string;
  readonly absent: string;
}

/** A claim as it stands there; what is too long to read is cut. */
const shown = (value: unknown): string => {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
};

const explanations: Readonly<Record<string, Explanation>> = {
  "aws:channel-arn": {
    there: (value) => `plays ${shown(value)}, and nothing else`,
    absent: "missing: names no channel, so it plays none",
  },
  exp: { there: (value, { now }) => explainEnd(value, now), absent: "missing: has no end, so it is refused" },
  "aws:access-control-allow-origin": {
    there: (value) => `on pages of ${shown(value).split(",").join(", ")}`,
    absent: "on pages of every origin",
  },
  "aws:strict-origin-enforcement": {
    there: (value) =>
      value === true
        ? "the page is checked with every playlist and segment, by IVS itself"
        : `${shown(value)}: the page is checked by browsers alone`,
    absent: "the page is checked by browsers alone",
  },
  "aws:viewer-id": {
    there: (value) => `for viewer ${shown(value)}, whose sessions can be revoked`,
    absent: "for nobody in particular: what it plays cannot be revoked",
  },
  "aws:viewer-session-version": {
    there: (value) => `version ${shown(value)}: a revocation up to it ends what it plays`,
    absent: "version 0: any revocation of the viewer ends what it plays",
  },
  "aws:single-use-uuid": {
    there: (value) => `begins playback once (${shown(value)})`,
    absent: "begins playback as often as it likes",
  },
  "aws:maximum-resolution": {
    there: (value) => `no better picture than ${shown(value)}`,
    absent: "the best picture of the channel",
  },
};

function explainEnd(value: unknown, now: number): string {
  if (typeof value !== "number" || !(value * 1000 >= -lastDate)) return `${shown(value)} is no time`;
  const relative = (date: Date) => `${localTime(date)}, ${timeFrom(date, new Date(now))}`;
  if (value >= surelyMilliseconds) {
    const meant = value <= lastDate ? `, for ${relative(new Date(value))}` : "";
    return `${value} is in milliseconds${meant}; IVS reads seconds, so that it would never end`;
  }
  const end = new Date(value * 1000);
  const began = end.getTime() > now ? "can begin" : "could begin";
  return `playback ${began} until ${relative(end)} (${value}, in seconds)`;
}
