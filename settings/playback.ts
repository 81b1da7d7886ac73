import * as v from "valibot";
import { flag, matching, origin, whole } from "./checks.ts";

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
});

export type PlaybackSettings = v.InferOutput<typeof playbackSettings>;

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
