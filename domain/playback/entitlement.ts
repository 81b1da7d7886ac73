import type { Ban } from "../chat/ports.ts";
import { type Member, moderates, roleIn } from "../chat/role.ts";

/** Who may watch a private channel, besides its owner and those who moderate it. */
export type Audience =
  | { readonly kind: "signed-in" }
  /** Who stands on the owner's list. */
  | { readonly kind: "listed" }
  /** Who is in a group of the user pool. */
  | { readonly kind: "group"; readonly group: string };

/** Of a private channel that says nothing: whom its owner lets in, by and by. */
export const closedAudience: Audience = { kind: "listed" };

/** Whether somebody may watch, and if not, why. */
export type Entitlement =
  | { readonly entitled: true }
  | { readonly entitled: false; readonly because: "banned"; readonly until?: number }
  | { readonly entitled: false; readonly because: "not-listed" | "not-in-group" };

export interface Watching {
  readonly ownerSub: string;
  readonly audience: Audience;
  readonly viewer: Member;
  /** The ban that holds now. */
  readonly ban?: Ban | undefined;
  /** Whether the viewer stands on the owner's list. */
  readonly listed: boolean;
}

/**
 * Whether a signed-in user may watch a private channel. Who moderates it may; who is banned from its chat may not, so
 * that a ban ends both.
 */
export function mayWatch({ ownerSub, audience, viewer, ban, listed }: Watching): Entitlement {
  if (moderates(roleIn(ownerSub, viewer))) return { entitled: true };
  if (ban) return { entitled: false, because: "banned", ...(ban.until !== undefined && { until: ban.until }) };
  if (audience.kind === "listed" && !listed) return { entitled: false, because: "not-listed" };
  if (audience.kind === "group" && !viewer.groups.includes(audience.group)) {
    return { entitled: false, because: "not-in-group" };
  }
  return { entitled: true };
}
