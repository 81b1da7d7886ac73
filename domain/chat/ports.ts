import type { Page, PageRequest } from "../profiles/profile.ts";

/** Someone who may not enter a room. */
export interface Ban {
  /** The user, as the room knows them. */
  readonly userId: string;
  /** Who said so: a user. */
  readonly by: string;
  readonly reason: string;
  /** Milliseconds. */
  readonly at: number;
  /** When it ends, in milliseconds; absent for one that does not end by itself. */
  readonly until?: number;
}

/** Who is banned from whose room. */
export interface Bans {
  /** The ban of a user that holds at `now`. */
  find(ownerSub: string, userId: string, now: number): Promise<Ban | undefined>;
  /** Replaces an earlier one. */
  put(ownerSub: string, ban: Ban): Promise<void>;
  /** False when there was none. */
  remove(ownerSub: string, userId: string): Promise<boolean>;
  /** Those that hold at `now`. @throws CursorError */
  list(ownerSub: string, now: number, page: PageRequest): Promise<Page<Ban>>;
}

export type ModerationAction = "ban" | "timeout" | "unban" | "delete-message" | "slow-mode" | "revoke";

/** One thing that a moderator did. It never holds what was written. */
export interface AuditEntry {
  /** Twelve random characters: two entries of one moment are two. */
  readonly id: string;
  /** Milliseconds. */
  readonly at: number;
  readonly action: ModerationAction;
  /** Who did it: a user. */
  readonly by: string;
  /** Whom it was done to; absent for what is done to a room. */
  readonly userId?: string;
  readonly reason: string;
  /** A message's id, the minutes of a timeout, the seconds of slow mode. */
  readonly detail?: string;
}

export interface ModerationAudit {
  add(ownerSub: string, entry: AuditEntry): Promise<void>;
  /** Newest first. @throws CursorError */
  list(ownerSub: string, page: PageRequest): Promise<Page<AuditEntry>>;
}

/** How long a sender waits between messages. */
export interface SlowModes {
  /** Seconds, 0 for none. */
  read(roomArn: string): Promise<number>;
  write(roomArn: string, seconds: number): Promise<void>;
}

/** What can be done in a room that is open. A user who is not there, or a room that is gone, is no error. */
export interface RoomControl {
  /** Ends a user's connections. Everyone in the room is told the reason. */
  disconnect(roomArn: string, userId: string, reason: string): Promise<void>;
  /** Has every client take the message off its page. */
  deleteMessage(roomArn: string, messageId: string): Promise<void>;
  /** Tells everyone in the room. */
  sendEvent(roomArn: string, name: string, attributes: Readonly<Record<string, string>>): Promise<void>;
}

/** A user whose connections are to be ended once more, if the ban still holds. */
export interface LateDisconnect {
  readonly ownerSub: string;
  readonly roomArn: string;
  readonly userId: string;
}

/**
 * A token is good for a connection until a minute after it was made, whatever happened since; so the banned are
 * disconnected again until every token from before the ban has run out.
 */
export interface LateDisconnects {
  schedule(late: LateDisconnect): Promise<void>;
}

/** Which groups of the user pool someone is in. */
export interface MemberGroups {
  /** Undefined when there is no such user. */
  of(sub: string): Promise<readonly string[] | undefined>;
}
