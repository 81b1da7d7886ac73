import type {
  AuditEntry,
  Ban,
  Bans,
  LateDisconnects,
  MemberGroups,
  ModerationAudit,
  RoomControl,
  SlowModes,
} from "./ports.ts";
import { moderates, roleIn } from "./role.ts";

/** How long a timeout lasts, in minutes. */
export const timeoutMinutes = [1, 10, 60, 1440] as const;

/** Sent to the room when slow mode changes, with attribute `seconds`. */
const slowModeEvent = "SLOW_MODE";

export interface ModerationPorts {
  readonly bans: Bans;
  readonly audit: ModerationAudit;
  readonly slowModes: SlowModes;
  readonly rooms: RoomControl;
  readonly lateDisconnects: LateDisconnects;
  readonly groups: MemberGroups;
  /** Milliseconds. */
  readonly now: () => number;
  /** Twelve random characters. */
  readonly newId: () => string;
}

/** The room that is moderated, and by whom: one who moderates it. */
export interface Moderation {
  readonly ownerSub: string;
  readonly roomArn: string;
  readonly by: string;
}

export interface BanRequest {
  readonly userId: string;
  /** @default for good */
  readonly minutes?: number | undefined;
  readonly reason: string;
}

/**
 * Keeps a user out of a room: the ban is written first, so that no new token is made, then whoever is in is put out,
 * now and again. What broke off is done again by the same call.
 */
export async function ban(
  { bans, audit, rooms, lateDisconnects, groups, now, newId }: ModerationPorts,
  { ownerSub, roomArn, by }: Moderation,
  { userId, minutes, reason }: BanRequest,
): Promise<Ban | "user-unknown" | "user-protected"> {
  const theirGroups = await groups.of(userId);
  if (theirGroups === undefined) return "user-unknown";
  if (moderates(roleIn(ownerSub, { sub: userId, groups: theirGroups }))) return "user-protected";

  const at = now();
  const banned: Ban = { userId, by, reason, at, ...(minutes !== undefined && { until: at + minutes * 60_000 }) };
  await bans.put(ownerSub, banned);
  await audit.add(ownerSub, {
    ...{ id: newId(), at, by, userId, reason },
    ...(minutes === undefined ? { action: "ban" } : { action: "timeout", detail: String(minutes) }),
  });
  await lateDisconnects.schedule({ ownerSub, roomArn, userId });
  // The moderator's reason is not for everyone in the room.
  await rooms.disconnect(roomArn, userId, minutes === undefined ? "BANNED" : "TIMEOUT");
  return banned;
}

/** Lets a user in again; false when there was no ban. */
export async function unban(
  { bans, audit, now, newId }: ModerationPorts,
  { ownerSub, by }: Moderation,
  userId: string,
): Promise<boolean> {
  const removed = await bans.remove(ownerSub, userId);
  if (removed) await audit.add(ownerSub, { id: newId(), at: now(), action: "unban", by, userId, reason: "" });
  return removed;
}

/** Sets how long senders wait between messages, and tells the room. */
export async function setSlowMode(
  { slowModes, audit, rooms, now, newId }: ModerationPorts,
  { ownerSub, roomArn, by }: Moderation,
  seconds: number,
): Promise<void> {
  await slowModes.write(roomArn, seconds);
  await audit.add(ownerSub, { id: newId(), at: now(), action: "slow-mode", by, reason: "", detail: String(seconds) });
  await rooms.sendEvent(roomArn, slowModeEvent, { seconds: String(seconds) });
}

export interface MessageDeletion {
  readonly messageId: string;
  /** Whose message it was, as the moderator says. */
  readonly userId?: string | undefined;
  readonly reason: string;
}

/** Takes a message off every page. What was written is not kept. */
export async function deleteMessage(
  { audit, rooms, now, newId }: ModerationPorts,
  { ownerSub, roomArn, by }: Moderation,
  { messageId, userId, reason }: MessageDeletion,
): Promise<void> {
  await rooms.deleteMessage(roomArn, messageId);
  const entry: AuditEntry = { id: newId(), at: now(), action: "delete-message", by, reason, detail: messageId };
  await audit.add(ownerSub, userId === undefined ? entry : { ...entry, userId });
}

/** Ends the connections that a token from before the ban made; false when the ban no longer holds. */
export async function disconnectAgain(
  { bans, rooms, now }: Pick<ModerationPorts, "bans" | "rooms" | "now">,
  { ownerSub, roomArn, userId }: { readonly ownerSub: string; readonly roomArn: string; readonly userId: string },
): Promise<boolean> {
  const held = await bans.find(ownerSub, userId, now());
  if (held === undefined) return false;
  await rooms.disconnect(roomArn, userId, held.until === undefined ? "BANNED" : "TIMEOUT");
  return true;
}
