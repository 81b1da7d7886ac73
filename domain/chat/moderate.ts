import { type RevokePorts, revokeViewers } from "../playback/revoke.ts";
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

/** How long the same timeout asked for again is a repeated request, and no longer timeout: 10 s. */
const repetitionMilliseconds = 10_000;

/** Sent to the room when slow mode changes, with attribute `seconds`. */
const slowModeEvent = "SLOW_MODE";

export interface ModerationPorts {
  readonly bans: Bans;
  readonly audit: ModerationAudit;
  readonly slowModes: SlowModes;
  readonly rooms: RoomControl;
  readonly lateDisconnects: LateDisconnects;
  readonly groups: MemberGroups;
  /** Ends what somebody watches of a private channel. */
  readonly watching: RevokePorts;
  /** Milliseconds. */
  readonly now: () => number;
  /** Twelve random characters. */
  readonly newId: () => string;
}

/** The room that is moderated, and by whom: one who moderates it. */
export interface Moderation {
  readonly ownerSub: string;
  readonly roomArn: string;
  /** The channel, where it is private: who is put out of its room is not to watch it either. */
  readonly privateChannelArn?: string | undefined;
  readonly by: string;
}

export interface BanRequest {
  readonly userId: string;
  /** @default for good */
  readonly minutes?: number | undefined;
  readonly reason: string;
}

/** Whether a ban that holds is the one that is asked for: a call that is repeated changes nothing. */
function isSame(held: Ban | undefined, { minutes, reason }: BanRequest, now: number): held is Ban {
  if (held === undefined || held.reason !== reason) return false;
  if (minutes === undefined) return held.until === undefined;
  return held.until === held.at + minutes * 60_000 && now - held.at < repetitionMilliseconds;
}

/**
 * Keeps a user out of a room: the ban is written first, so that no new token is made, then whoever is in is put out,
 * now and again. What broke off is done again by the same call. What is changed stands in the audit before it is done,
 * so that nothing is done without; what is not changed does not.
 */
export async function ban(
  { bans, audit, rooms, lateDisconnects, groups, watching, now, newId }: ModerationPorts,
  { ownerSub, roomArn, privateChannelArn, by }: Moderation,
  request: BanRequest,
): Promise<Ban | "user-unknown" | "user-protected"> {
  const { userId, minutes, reason } = request;
  const theirGroups = await groups.of(userId);
  if (theirGroups === undefined) return "user-unknown";
  if (moderates(roleIn(ownerSub, { sub: userId, groups: theirGroups }))) return "user-protected";

  const at = now();
  const held = await bans.find(ownerSub, userId, at);
  const wanted: Ban = { userId, by, reason, at, ...(minutes !== undefined && { until: at + minutes * 60_000 }) };
  const banned = isSame(held, request, at) ? held : wanted;
  if (banned === wanted) {
    await audit.add(ownerSub, {
      ...{ id: newId(), at, by, userId, reason },
      ...(minutes === undefined ? { action: "ban" } : { action: "timeout", detail: String(minutes) }),
    });
    await bans.put(ownerSub, wanted);
  }
  await lateDisconnects.schedule({ ownerSub, roomArn, userId });
  if (privateChannelArn !== undefined) await revokeViewers(watching, privateChannelArn, [userId]);
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

/** Ends what viewers watch of a private channel now. Who may watch it can begin again. */
export async function revokeSessions(
  { audit, watching, now, newId }: ModerationPorts,
  { ownerSub, by }: Moderation,
  {
    channelArn,
    userIds,
    reason,
  }: { readonly channelArn: string; readonly userIds: readonly string[]; readonly reason: string },
): Promise<void> {
  const at = now();
  for (const userId of userIds) await audit.add(ownerSub, { id: newId(), at, action: "revoke", by, userId, reason });
  await revokeViewers(watching, channelArn, userIds);
}

/** Sets how long senders wait between messages, and tells the room. What it is already is not in the audit once more. */
export async function setSlowMode(
  { slowModes, audit, rooms, now, newId }: ModerationPorts,
  { ownerSub, roomArn, by }: Moderation,
  seconds: number,
): Promise<void> {
  if ((await slowModes.read(roomArn)) !== seconds) {
    await audit.add(ownerSub, { id: newId(), at: now(), action: "slow-mode", by, reason: "", detail: String(seconds) });
    await slowModes.write(roomArn, seconds);
  }
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
