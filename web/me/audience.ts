import type { AccessWish } from "../api/access.ts";
import { ApiError } from "../api/api-error.ts";
import type { ReadyMe } from "../api/schema.ts";

/** Who may watch, as its owner chooses it. */
export type Audience = "everyone" | "listed" | "signed-in" | "group";

/** What each choice says, in their order. */
export const audiences: Readonly<Record<Audience, readonly [label: string, hint: string]>> = {
  everyone: ["Everyone", "The channel is public; nobody needs to sign in."],
  listed: ["People I list", "By the names of their channels, below."],
  "signed-in": ["Everyone who is signed in", "Whoever has an account here."],
  group: ["People in a group", "A group that those who run this site keep."],
};

/** What a channel's owner has chosen. */
export const audienceOf = ({ access, audience }: Pick<ReadyMe, "access" | "audience">): Audience =>
  access === "public" ? "everyone" : (audience ?? "listed");

export function wishOf(audience: Audience, group: string): AccessWish {
  if (audience === "everyone") return { access: "public" };
  return audience === "group" ? { access: "private", audience, group } : { access: "private", audience };
}

/** The same error, in words for an owner who looks at the form. */
export function accessError(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.code !== "CHANNEL_LIVE") return error;
  return new ApiError(
    error.status,
    "Your channel is live, and cannot become private or public meanwhile. End the stream, then save again.",
    error,
  );
}
