import type { LiveRow, LiveRows, LiveState } from "#domain/live-state/live-row.ts";
import { neverLive } from "#domain/live-state/live-row.ts";
import type { SessionEntry, SessionHistory } from "#domain/live-state/session-entry.ts";
import type { ListedStream, StreamPages } from "#domain/live-state/walk-streams.ts";

export const minute = 60_000;

/** The ARN of a channel of an account. */
export const channelArn = (place: number, account = "111122223333") =>
  `arn:aws:ivs:us-west-2:${account}:channel/${`Channel${place}xxxxxxxxxxxx`.slice(0, 12)}`;

/** An event as EventBridge delivers it. */
export const envelope = (arn: string, name: string, streamId: string, at: number) => ({
  "detail-type": "IVS Stream State Change",
  source: "aws.ivs",
  account: arn.split(":")[4],
  region: "us-west-2",
  time: `${new Date(at).toISOString().slice(0, 19)}Z`,
  resources: [arn],
  detail: { event_name: name, channel_name: "alice", stream_id: streamId },
});

/** Rows in memory that behave as a table with conditional writes, two to a page. */
export class RowsInMemory implements LiveRows {
  readonly rows = new Map<string, LiveRow>();
  readonly written: string[] = [];
  walk = 0;
  /** Called before each write, so that a test can write in between. */
  beforeWrite: (row: LiveRow) => void = () => {};

  add(arn: string, state: LiveState = neverLive, writtenAt = 0) {
    this.rows.set(arn, { channelArn: arn, state, writtenAt, version: 0 });
  }

  state(arn: string) {
    return this.rows.get(arn)?.state;
  }

  async find(arns: readonly string[]) {
    return arns.flatMap((arn) => this.rows.get(arn) ?? []);
  }

  async *live() {
    const live = [...this.rows.values()].filter(({ state }) => state.live);
    for (let first = 0; first < live.length; first += 2) yield live.slice(first, first + 2);
  }

  async write(row: LiveRow, ifVersion: number) {
    this.beforeWrite(row);
    if (this.rows.get(row.channelArn)?.version !== ifVersion) return false;
    this.rows.set(row.channelArn, row);
    this.written.push(row.channelArn);
    return true;
  }

  async lastWalk() {
    return this.walk;
  }

  async rememberWalk(start: number) {
    this.walk = Math.max(this.walk, start);
  }
}

export class HistoryInMemory implements SessionHistory {
  readonly entries = new Map<string, SessionEntry>();

  async add(entry: SessionEntry) {
    this.entries.set(`${entry.channelArn} ${entry.key}`, entry);
  }
}

/** ListStreams over these streams, `size` to a page; the page at `failing` throws. */
export const pagesOf = (streams: readonly ListedStream[], size = 100, failing = -1): StreamPages => ({
  async page(token) {
    const first = Number(token ?? 0);
    if (first / size === failing) throw new Error("ListStreams: 500");
    const next = first + size < streams.length ? { next: String(first + size) } : {};
    return { streams: streams.slice(first, first + size), ...next };
  },
});
