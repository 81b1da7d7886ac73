import { graceMilliseconds } from "./correct.ts";
import { type LiveRow, type LiveRows, type LiveState, withState } from "./live-row.ts";
import { supersedes } from "./order.ts";
import { type SessionEntry, type SessionHistory, sessionEntry } from "./session-entry.ts";
import type { StreamEvent } from "./stream-event.ts";

/** What becomes of an event. */
export type StreamEventDecision =
  /** The channel is not ours: nothing is written. */
  | { readonly action: "drop" }
  /** Goes to the session history; `why` the live state stays as it is. */
  | {
      readonly action: "record";
      readonly why: "says nothing of live" | "known already" | "older than what is known";
    }
  /** Goes to the session history, and the channel's live state becomes this. */
  | { readonly action: "change"; readonly state: LiveState };

/**
 * Decides on an event by the channel's row; only Stream Start and Stream End can change it. A start that the last
 * complete walk must have listed is never news: either the row says so already, or the stream was over by then and its
 * end was lost. Without this an event that comes hours late would show a channel as live until the next walk.
 */
function decideOnStreamEvent(event: StreamEvent, row: LiveRow | undefined, lastWalk: number): StreamEventDecision {
  if (row === undefined) return { action: "drop" };
  const isStart = event.name === "Stream Start";
  if (event.kind !== "state" || event.streamId === undefined || !(isStart || event.name === "Stream End")) {
    return { action: "record", why: "says nothing of live" };
  }
  const change = { live: isStart, streamId: event.streamId, at: event.at };
  if (row.state.streamId === change.streamId && row.state.live === change.live) {
    return { action: "record", why: "known already" };
  }
  const isWalkedOver = isStart && event.at <= lastWalk - graceMilliseconds;
  return !isWalkedOver && supersedes(change, row.state)
    ? { action: "change", state: change }
    : { action: "record", why: "older than what is known" };
}

export interface StreamEventPorts {
  readonly rows: LiveRows;
  readonly history: SessionHistory;
  /** Milliseconds. */
  readonly now: () => number;
  /** How many days the session history keeps an entry. */
  readonly historyDays: number;
}

/** Someone else wrote the row each time; the event is to be delivered again. */
class LiveRowBusyError extends Error {
  readonly code = "ERR_LIVE_ROW_BUSY";
}

const mostTries = 5;

/**
 * Applies one event: the history first, since its entry is the same however often it is written, then the live state.
 *
 * @throws LiveRowBusyError when the row was written by others five times in a row.
 */
export async function applyStreamEvent(event: StreamEvent, ports: StreamEventPorts): Promise<StreamEventDecision> {
  let entry: SessionEntry | undefined;
  for (let tries = 0; tries < mostTries; tries++) {
    const [row] = await ports.rows.find([event.channelArn]);
    const decision = decideOnStreamEvent(event, row, await ports.rows.lastWalk());
    if (row === undefined || decision.action === "drop") return decision;
    if (entry === undefined) {
      entry = sessionEntry(event, ports.historyDays);
      await ports.history.add(entry);
    }
    if (decision.action === "record") return decision;
    if (await ports.rows.write(withState(row, decision.state, ports.now()), row.version)) return decision;
  }
  throw new LiveRowBusyError(
    `The live state of ${event.channelArn} was changed by others ${mostTries} times in a row.`,
  );
}
