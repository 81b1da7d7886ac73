import type { Page, PageRequest } from "../profiles/profile.ts";

/** Someone whom an owner lets watch. */
export interface ListedViewer {
  /** The user, as Cognito names them. */
  readonly sub: string;
  /** Since when, in milliseconds. */
  readonly at: number;
}

/** Whom the owners of private channels let watch. */
export interface AccessLists {
  has(ownerSub: string, sub: string): Promise<boolean>;
  /** Once more is no change. */
  add(ownerSub: string, viewer: ListedViewer): Promise<void>;
  /** False when they were not on the list. */
  remove(ownerSub: string, sub: string): Promise<boolean>;
  /** @throws CursorError */
  list(ownerSub: string, page: PageRequest): Promise<Page<ListedViewer>>;
}

/** The number that a viewer's tokens for a channel carry; revocation ends all up to one. */
export interface SessionVersions {
  /** 0 for whom nothing was ever revoked. */
  read(channelArn: string, viewerId: string): Promise<number>;
  /** The version from now on; all below it are to be revoked. */
  raise(channelArn: string, viewerId: string): Promise<number>;
}

/** A viewer whose sessions on a channel are to end. */
export interface Revocation {
  readonly channelArn: string;
  readonly viewerId: string;
  /** The sessions of tokens with this version, and with smaller ones. */
  readonly upToVersion: number;
}

export interface ViewerSessions {
  /**
   * Ends sessions that play now, within seconds. A channel that is gone is no error.
   *
   * @throws ServiceError
   */
  revoke(revocations: readonly Revocation[]): Promise<void>;
}
