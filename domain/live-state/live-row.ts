/** What is known of a channel's stream. All times are in milliseconds. */
export interface LiveState {
  readonly live: boolean;
  /** The newest stream known; absent until the channel was live once. */
  readonly streamId?: string;
  /** When the state began to hold: the stream's start, or its end. 0 until the channel was live once. */
  readonly at: number;
  /** The start of the last complete walk that listed the stream; absent while none did. */
  readonly seenAt?: number;
  /** Viewers at the last walk that counted them; absent while none did and while the channel is offline. */
  readonly viewers?: number;
}

/** A channel's row, as far as its live state goes. */
export interface LiveRow {
  readonly channelArn: string;
  readonly state: LiveState;
  /** When the state was written, in milliseconds; 0 when it never was. */
  readonly writtenAt: number;
  /** Counts the writes of the state; a write names the one that it was decided on. */
  readonly version: number;
}

/** The state of a channel that was never live. */
export const neverLive: LiveState = { live: false, at: 0 };

/** Where the rows are kept. Nothing here makes a row: a channel without one is not ours. */
export interface LiveRows {
  /** The rows of those channels that have one. */
  find(channelArns: readonly string[]): Promise<readonly LiveRow[]>;
  /** All rows that say live, page by page. */
  live(): AsyncIterable<readonly LiveRow[]>;
  /**
   * Writes the row, unless its version is no longer `ifVersion`; then nothing is written and the answer is false. A row
   * that is there already just so counts as written: a client that lost an answer repeats the call by itself.
   */
  write(row: LiveRow, ifVersion: number): Promise<boolean>;
  /** The start of the last walk whose corrections are all written, in milliseconds; 0 before the first. */
  lastWalk(): Promise<number>;
  /** Remembers such a walk, unless a later one is remembered. */
  rememberWalk(start: number): Promise<void>;
}

/** The row with a new state, written now. */
export const withState = (row: LiveRow, state: LiveState, now: number): LiveRow => ({
  channelArn: row.channelArn,
  state,
  writtenAt: now,
  version: row.version + 1,
});
