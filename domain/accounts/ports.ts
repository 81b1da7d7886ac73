import type { Profile } from "../profiles/profile.ts";
import type { Account, ChannelAddresses } from "./account.ts";

/** Time, in milliseconds. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** The accounts' rows. Every write is conditional, so two workers never undo each other. */
export interface AccountStore {
  read(sub: string): Promise<Account | undefined>;
  /** Makes the row and takes its name, both or neither. A gravestone counts as a row. The nickname begins the profile. */
  reserve(account: Account, nickname: string): Promise<"reserved" | "exists" | "name-taken">;
  /**
   * False, and nothing written, when the row's version is no longer `ifVersion`. A write that is there already counts as
   * written: a client that lost an answer repeats the call by itself.
   */
  write(account: Account, ifVersion: number): Promise<boolean>;
  /** Puts the gravestone in the account's place and gives its name free, both or neither; false as for `write`. */
  bury(account: Account, gravestone: Account): Promise<boolean>;
  /** The subs of accounts that `isUnfinished` says need work, page by page. */
  unfinished(): AsyncIterable<readonly string[]>;
}

/** Channels, or rooms, that carry a user's tag. */
export interface OwnedResources {
  /** ARNs of all that carry the user's tag. */
  find(sub: string): Promise<readonly string[]>;
  /**
   * Makes one with the user's tag and answers with its ARN. Asked once: a client that repeats the call by itself would
   * make two, since the service knows no repetition.
   *
   * @throws ServiceError QUOTA, THROTTLED
   */
  create(sub: string): Promise<string>;
  /** Done also when there is none of that ARN. @throws ServiceError CONFLICT (a live channel), THROTTLED */
  remove(arn: string): Promise<void>;
}

export interface OwnedChannels extends Omit<OwnedResources, "create"> {
  /**
   * As for any of them, and private from the first moment on where it is to be so: nobody may watch meanwhile.
   *
   * @throws ServiceError QUOTA, THROTTLED
   */
  create(sub: string, access: Profile["access"]): Promise<string>;
  /** @throws ServiceError GONE when there is no such channel, THROTTLED */
  addresses(arn: string): Promise<ChannelAddresses>;
}

/** Stream keys; their values pass through, and are never kept or logged. */
export interface StreamKeys {
  /** ARNs of a channel's keys: none, or one; none also when there is no such channel. */
  list(channelArn: string): Promise<readonly string[]>;
  /** @throws ServiceError QUOTA when the channel has a key already, GONE when it is deleted, THROTTLED */
  create(channelArn: string): Promise<string>;
  /** Done also when there is none of that ARN. @throws ServiceError THROTTLED */
  remove(keyArn: string): Promise<void>;
}

/** What is on air. */
export interface StreamStopper {
  /** Ends the channel's stream. "offline" when there is none, or no such channel. @throws ServiceError UNAVAILABLE */
  stop(channelArn: string): Promise<"stopping" | "offline">;
}

/** Things of a user that go with the account: objects, further rows. */
export interface Belongings {
  /** Removes as much as fits in one call. */
  removeSome(sub: string): Promise<"all" | "more">;
}

/** The user pool. */
export interface Users {
  /** Done also when there is no such user. */
  remove(sub: string): Promise<void>;
}

/** What a message says that was put back. */
export interface PutBack {
  /** How often it was put back. */
  readonly tries: number;
  /** The run that put it back, in whose name the account is kept for it; absent where the account is another's. */
  readonly turn?: string;
}

/** Puts a user before the workers, at least once, after a wait. */
export interface WorkQueue {
  send(sub: string, afterMilliseconds: number, putBack?: PutBack): Promise<void>;
}

/** Waits for a call's turn among all callers; called before each call that counts against a quota of rate. */
export interface Pace {
  /** @throws ServiceError THROTTLED when the turn would come too late for the caller */
  turn(operation: string): Promise<void>;
}
