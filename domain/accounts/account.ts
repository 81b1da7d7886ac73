/**
 * How far an account has come. Each stage is written before what it names is done, so "channel" means that a channel
 * may exist already and is to be looked for before one is made.
 *
 * `deleted` is a gravestone: it stays until tokens and late messages of the user have run out, so that none of them
 * makes a new account.
 */
export type AccountStage = "reserved" | "channel" | "room" | "complete" | "deleting" | "deleted";

/** What a deletion does, in this order. The key goes first, so that the encoder cannot come back. */
export const deletionSteps = ["key", "stream", "channel", "room", "objects", "records", "user"] as const;
export type DeletionStep = (typeof deletionSteps)[number];

/**
 * What is done once more on a gravestone: a request that read the row before its deletion was asked for may write
 * something of the user's after these steps.
 */
export const lastLookSteps = ["objects", "records"] as const satisfies readonly DeletionStep[];

/** Who works on the account at the moment. */
export interface Lease {
  readonly holder: string;
  /** Milliseconds. */
  readonly until: number;
  /** Nobody works on it yet: it is kept for the message that the holder put back. */
  readonly isKept?: true;
}

/** A key reset that began. */
export interface KeyReset {
  /** Names the request, so that its repetition is the same reset. */
  readonly id: string;
  /** The keys that are to go, once they were looked up. Any other key of the channel is the new one. */
  readonly oldKeyArns?: readonly string[];
}

/** Where encoders send to and viewers watch, as the service says it: neither can be worked out. */
export interface ChannelAddresses {
  /** A bare host. */
  readonly ingestEndpoint: string;
  /** An HLS multivariant playlist. */
  readonly playbackUrl: string;
}

/** The one row of a user, as far as channel and room go. It never holds a stream key. */
export interface Account {
  /** The user, as Cognito names them. */
  readonly sub: string;
  /** The channel's public name; one account has it at a time. */
  readonly name: string;
  readonly stage: AccountStage;
  readonly channelArn?: string;
  /** There from the stage "room" on. */
  readonly addresses?: ChannelAddresses;
  readonly roomArn?: string;
  /** Since when the service's quota holds the account up, in milliseconds; absent while it does not. */
  readonly quotaSince?: number;
  readonly lease?: Lease;
  readonly keyReset?: KeyReset;
  /** The last finished reset: the requests that it answers, and the key that it made. */
  readonly lastReset?: { readonly ids: readonly string[]; readonly keyArn: string };
  /** Of a gravestone: the step that its last look has come to; absent once that is done. */
  readonly deletionStep?: DeletionStep;
  /** Of a gravestone: when it may go, in seconds, as DynamoDB's TTL wants it. */
  readonly expiresAt?: number;
  /** Counts the writes; a write names the one that it was decided on. */
  readonly version: number;
}

/** What the owner is told. */
export type AccountState = "preparing" | "waiting-for-quota" | "ready" | "deleting" | "deleted";

/** The state that an account shows; an absent one is being prepared. */
export function accountState(account: Account | undefined): AccountState {
  if (account === undefined) return "preparing";
  if (account.stage === "deleting" || account.stage === "deleted") return account.stage;
  if (account.stage === "complete") return "ready";
  return account.quotaSince === undefined ? "preparing" : "waiting-for-quota";
}

/** Whether work is left that a worker should be told of: an unfinished stage, a key reset or a last look that is due. */
export function isUnfinished({ stage, keyReset, deletionStep }: Account): boolean {
  if (stage === "deleted") return deletionStep !== undefined;
  return stage !== "complete" || keyReset !== undefined;
}
