import type { ChannelAddresses } from "../accounts/account.ts";
import type { LiveState } from "../live-state/live-row.ts";
import type { Audience } from "../playback/entitlement.ts";

/** A stream that its owner has announced. */
export interface PlannedStream {
  /** Milliseconds. */
  readonly startsAt: number;
  readonly title: string;
}

/** A channel as the platform shows it: what its owner says, and whether it is on air. */
export interface Profile {
  /** The owner, as Cognito names them; `house:<name>` for a channel of the house. */
  readonly sub: string;
  /** The public name, in addresses. */
  readonly name: string;
  readonly nickname: string;
  readonly title: string;
  readonly description: string;
  /** Names a checked picture; absent for the default one. */
  readonly avatar?: string;
  readonly access: "public" | "private";
  /** Who may watch a private channel; absent for those whom its owner lists. */
  readonly audience?: Audience;
  /** These are absent until the channel and the room are made. */
  readonly channelArn?: string;
  readonly roomArn?: string;
  readonly addresses?: ChannelAddresses;
  readonly planned?: PlannedStream;
  readonly live: LiveState;
}

/** What an owner may change. `undefined` leaves a field as it is, `null` takes it off. */
export interface ProfileChanges {
  readonly nickname?: string;
  readonly title?: string;
  readonly description?: string;
  readonly avatar?: string | null;
  readonly planned?: PlannedStream | null;
  readonly access?: "public" | "private";
  readonly audience?: Audience | null;
}

/** Of a nickname, whoever set it. */
export const nicknameLimits = { minimum: 1, maximum: 50 } as const;

/** What a new channel begins with. */
export const firstTitle = "Live soon";

/** Some rows, and where the next ones begin; absent at the end. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next?: string;
}

export interface PageRequest {
  /** Most rows, 1 to 100. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
}

export type LiveOrder = "newest" | "most-watched";

/** A cursor that no page gave. */
export class CursorError extends Error {
  readonly code = "ERR_CURSOR";
}

/** The profiles' rows. No read costs more the more channels there are. */
export interface Profiles {
  bySub(sub: string): Promise<Profile | undefined>;
  byName(name: string): Promise<Profile | undefined>;
  /** Channels on air. @throws CursorError */
  live(order: LiveOrder, page: PageRequest): Promise<Page<Profile>>;
  /** All channels that are complete, by name. @throws CursorError */
  all(page: PageRequest): Promise<Page<Profile>>;
  /** False when there is no complete account of that user; nothing is written then. */
  edit(sub: string, changes: ProfileChanges): Promise<boolean>;
  /** Takes the new name and gives the old one free, both or neither. */
  rename(sub: string, from: string, to: string): Promise<"renamed" | "name-taken" | "changed">;
}
