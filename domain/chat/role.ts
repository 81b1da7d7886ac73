/** What someone is in a room. Owner is whose channel it is; moderators and admins are so in every room. */
export type Role = "owner" | "admin" | "moderator" | "viewer" | "guest";

/** Besides reading, which every token of a room allows. */
export type Capability = "SEND_MESSAGE" | "DELETE_MESSAGE" | "DISCONNECT_USER";

/** A signed-in user, and the groups of the user pool that they are in. */
export interface Member {
  /** The user, as Cognito names them. */
  readonly sub: string;
  readonly groups: readonly string[];
}

/** The role of a signed-in user in the room of a channel's owner; of several, the one that says most. */
export function roleIn(ownerSub: string, { sub, groups }: Member): Role {
  if (sub === ownerSub) return "owner";
  if (groups.includes("admins")) return "admin";
  return groups.includes("moderators") ? "moderator" : "viewer";
}

/** Whether a role may ban, delete messages and set slow mode; who may cannot be banned, and is exempt from slow mode. */
export const moderates = (role: string): boolean => role === "owner" || role === "admin" || role === "moderator";

/** What a role may do in a room. Guests read. */
export function capabilitiesOf(role: Role): readonly Capability[] {
  if (moderates(role)) return ["SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER"];
  return role === "viewer" ? ["SEND_MESSAGE"] : [];
}
