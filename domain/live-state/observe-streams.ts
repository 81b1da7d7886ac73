import { correct } from "./correct.ts";
import { type LiveRow, type LiveRows, type LiveState, withState } from "./live-row.ts";
import { type StreamPages, walkStreams } from "./walk-streams.ts";

export interface ObservePorts {
  readonly streams: StreamPages;
  readonly rows: LiveRows;
  /** Milliseconds. */
  readonly now: () => number;
  /** Told of each row whose flag or stream was wrong, once it is written. */
  readonly corrected: (channelArn: string, state: LiveState) => Promise<void>;
}

/** What a pass did, for its log and metrics. */
export interface Observation {
  /** Streams on air in the account, also of channels that are not ours. */
  readonly listed: number;
  /** Those of them whose encoders send too little. */
  readonly starving: number;
  /** Listed channels that have no row. */
  readonly foreign: number;
  /** Rows whose flag or stream was wrong. */
  readonly corrected: number;
  /** Rows whose stream goes on, with its viewers. */
  readonly confirmed: number;
  /** Rows that someone else wrote meanwhile; the next pass looks at them again. */
  readonly passedOver: number;
}

/** How many rows are asked for at a time: what DynamoDB's BatchGetItem takes. */
const rowsAtATime = 100;

async function* rowsToLookAt(channelArns: readonly string[], rows: LiveRows): AsyncGenerator<LiveRow> {
  const done = new Set<string>();
  for (let first = 0; first < channelArns.length; first += rowsAtATime) {
    for (const row of await rows.find(channelArns.slice(first, first + rowsAtATime))) {
      done.add(row.channelArn);
      yield row;
    }
  }
  for await (const page of rows.live()) {
    for (const row of page) {
      if (!done.has(row.channelArn)) yield row;
      done.add(row.channelArn);
    }
  }
}

/**
 * Makes the rows agree with what is on air: one complete walk over ListStreams, then the rows of what it listed and all
 * rows that say live. Meant to run each minute; events are only hints, this is the truth.
 *
 * @throws whatever a page of the walk throws; no row was touched then.
 */
export async function observeStreams({ streams, rows, now, corrected: tell }: ObservePorts): Promise<Observation> {
  const walkStart = now();
  const listed = await walkStreams(streams);
  let ours = 0;
  let corrected = 0;
  let confirmed = 0;
  let passedOver = 0;
  for await (const row of rowsToLookAt([...listed.keys()], rows)) {
    const stream = listed.get(row.channelArn);
    if (stream !== undefined) ours++;
    const state = correct(row, stream, walkStart);
    if (state === undefined) continue;
    if (!(await rows.write(withState(row, state, now()), row.version))) passedOver++;
    else if (state.live === row.state.live && state.streamId === row.state.streamId) confirmed++;
    else {
      corrected++;
      await tell(row.channelArn, state);
    }
  }
  await rows.rememberWalk(walkStart);
  const starving = [...listed.values()].filter((stream) => stream.starving).length;
  return { listed: listed.size, starving, foreign: listed.size - ours, corrected, confirmed, passedOver };
}
