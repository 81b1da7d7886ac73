import type { LiveState } from "./live-row.ts";

/** A stream began or ended: what changes a live state. `at` is in milliseconds. */
export interface StreamChange {
  readonly live: boolean;
  readonly streamId: string;
  readonly at: number;
}

/**
 * Whether a change is news to what is known, so that changes may come late, twice and in any order.
 *
 * A stream starts once and ends once, so its end is always the last word on it. Of two streams the later change counts,
 * since a channel has one stream at a time. Times are whole seconds: at the same second the start wins, because the one
 * stream had to end for the other to start.
 */
export function supersedes(change: StreamChange, known: LiveState): boolean {
  if (change.streamId === known.streamId) return known.live && !change.live;
  if (change.at === known.at) return change.live && !known.live;
  return change.at > known.at;
}
