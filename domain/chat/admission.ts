import type { Ban } from "./ports.ts";
import { type Capability, capabilitiesOf, moderates, type Role } from "./role.ts";

/** Whether someone may have a token for a room, and for what. */
export type Admission =
  | { readonly admitted: true; readonly capabilities: readonly Capability[] }
  | { readonly admitted: false; readonly because: "banned"; readonly until?: number }
  | { readonly admitted: false; readonly because: "private" };

export interface Entering {
  readonly role: Role;
  /** Of the channel. */
  readonly access: "public" | "private";
  /** Whether they may watch, of a private channel: its chat is for those. @default false */
  readonly entitled?: boolean | undefined;
  /** The ban that holds now. */
  readonly ban?: Ban | undefined;
}

/** Who was banned as a viewer and moderates now may enter: those who moderate cannot be banned. */
export function admit({ role, access, entitled = false, ban }: Entering): Admission {
  if (!moderates(role)) {
    if (ban) return { admitted: false, because: "banned", ...(ban.until !== undefined && { until: ban.until }) };
    if (access === "private" && !entitled) return { admitted: false, because: "private" };
  }
  return { admitted: true, capabilities: capabilitiesOf(role) };
}
