import * as v from "valibot";

/**
 * What IVS Chat sends (user guide, message review handler). Only what the review needs is required, so that a new or
 * missing field elsewhere does not silence a room; the sender's address is not read at all.
 */
export const reviewEvent = v.object({
  Content: v.string(),
  Attributes: v.nullish(v.record(v.string(), v.string()), {}),
  MessageId: v.optional(v.string()),
  RoomArn: v.optional(v.string()),
  Sender: v.optional(
    v.object({
      UserId: v.optional(v.string()),
      /** Of the sender's token, so the server's word: no sender can set them. */
      Attributes: v.fallback(v.object({ role: v.optional(v.string()) }), {}),
    }),
  ),
});

export type ReviewEvent = v.InferOutput<typeof reviewEvent>;

/**
 * What IVS Chat expects back. An answer of another shape counts as none, and the room's fallback decides; so every field
 * is always given. On DENY the sender gets `Attributes.Reason` with error 406 (the wording there is unverified).
 */
export interface ReviewAnswer {
  readonly ReviewResult: "ALLOW" | "DENY";
  readonly Content: string;
  readonly Attributes: Readonly<Record<string, string>>;
}
