import * as v from "valibot";
import { flag, matching, origin, whole } from "./checks.ts";
import type { Problem } from "./settings-error.ts";

/**
 * From where all channels are watched, the house's and users', public ones too. A deploy makes the policy; `onair converge`
 * points the channels at it that are there already.
 */
const restriction = v.strictObject({
  /** As in ISO 3166-1. @default all countries */
  allowedCountries: v.optional(
    v.array(matching(/^[A-Z]{2}$/, "is not a country of two capital letters"), "is not a list"),
    [],
  ),
  /** Pages that may play. @default all pages */
  allowedOrigins: v.optional(v.array(origin, "is not a list"), []),
  /** IVS checks the page with every playlist and segment; programs that name none are refused. @default false */
  strictOrigin: v.optional(flag(), false),
});

/** Watching private channels. */
export const playbackSettings = v.strictObject({
  /**
   * How long a playback token may begin playback, in seconds. IVS takes ten minutes at most of a token that names its
   * viewer, as these do.
   *
   * @default 300
   */
  tokenSeconds: v.optional(whole(90, 600, "seconds"), 300),
  /** Pages that may play private channels. @default whichever page a signed-in user asks from; a token is for that one */
  origins: v.optional(v.array(origin, "is not a list"), []),
  /** IVS checks the page with every playlist and segment, not only browsers. @default true */
  strictOrigin: v.optional(flag(), true),
  /** @default channels are watched from everywhere, as far as their tokens say */
  restriction: v.optional(restriction),
});

export type PlaybackSettings = v.InferOutput<typeof playbackSettings>;

/** A policy that restricts nothing is a mistake. */
export function restrictionProblems({ restriction: policy }: PlaybackSettings): Problem[] {
  if (
    policy === undefined ||
    policy.allowedCountries.length + policy.allowedOrigins.length > 0 ||
    policy.strictOrigin
  ) {
    return [];
  }
  return [{ path: "playback.restriction", rule: "restricts nothing: it names no country and no origin", got: policy }];
}

/** Who may watch a private channel of the house, besides those who moderate it. */
export const audience = v.variant(
  "kind",
  [
    v.strictObject({ kind: v.literal("signed-in") }),
    v.strictObject({
      kind: v.literal("group"),
      /** Of the user pool. */
      group: matching(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u, "is not the name of a group"),
    }),
  ],
  'is not { "kind": "signed-in" } nor { "kind": "group", "group": "…" }',
);
