import type { LiveRow, LiveState } from "./live-row.ts";
import { supersedes } from "./order.ts";
import type { ListedStream } from "./walk-streams.ts";

/**
 * How long a stream may run without being listed, and an ended one may go on being listed, before the walk is believed:
 * 60 s, since the service's list and its events do not change at the same moment.
 */
export const graceMilliseconds = 60_000;

function listedState(known: LiveState, stream: ListedStream, walkStart: number): LiveState {
  const isSame = known.live && known.streamId === stream.streamId;
  const viewers = stream.viewers >= 0 ? stream.viewers : isSame ? known.viewers : undefined;
  return {
    live: true,
    streamId: stream.streamId,
    at: stream.startedAt,
    seenAt: walkStart,
    ...(viewers === undefined ? {} : { viewers }),
  };
}

/**
 * What a complete walk says of one row: its new state, or undefined to leave it alone. `stream` is undefined when the
 * walk did not list the channel. A row written since the walk began is newer than what the walk can know.
 */
export function correct(row: LiveRow, stream: ListedStream | undefined, walkStart: number): LiveState | undefined {
  const { state } = row;
  if (row.writtenAt > walkStart) return undefined;
  const settledBefore = walkStart - graceMilliseconds;
  const isSettled = Math.max(state.at, state.seenAt ?? 0) <= settledBefore;
  if (stream === undefined) {
    if (!state.live || !isSettled) return undefined;
    // Not the walk's start: a stream that began within the grace, and whose event is late, is still news then.
    return { live: false, ...(state.streamId === undefined ? {} : { streamId: state.streamId }), at: settledBefore };
  }
  const isKnown = state.live && state.streamId === stream.streamId;
  const isNews = supersedes({ live: true, streamId: stream.streamId, at: stream.startedAt }, state);
  return isKnown || isNews || isSettled ? listedState(state, stream, walkStart) : undefined;
}
