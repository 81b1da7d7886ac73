import type { LiveRow, LiveState } from "#domain/live-state/live-row.ts";
import { type Item, pick } from "./table.ts";

interface LiveAttributes extends Pick<LiveState, "streamId" | "seenAt" | "viewers"> {
  readonly channelArn?: string;
  readonly live?: "live";
  readonly stateAt?: number;
  readonly stateWrittenAt?: number;
  readonly stateVersion?: number;
}

/** The live state that an account's row holds. */
export function liveStateOf(item: Item): LiveState {
  const row = item as LiveAttributes;
  return { live: row.live === "live", at: row.stateAt ?? 0, ...pick(row, ["streamId", "seenAt", "viewers"]) };
}

/** A complete account's row as far as its live state goes; undefined for one without a channel. */
export function liveRowOf(item: Item): LiveRow | undefined {
  const { channelArn, stateWrittenAt = 0, stateVersion = 0 } = item as LiveAttributes;
  if (channelArn === undefined) return undefined;
  return { channelArn, state: liveStateOf(item), writtenAt: stateWrittenAt, version: stateVersion };
}

/** A live state as attributes. Only rows on air have `live` and `watched`, by which the indexes find them. */
export const liveAttributes = ({ state, writtenAt, version }: LiveRow) => ({
  live: state.live ? "live" : undefined,
  stateAt: state.at,
  streamId: state.streamId,
  seenAt: state.seenAt,
  viewers: state.viewers,
  watched: state.live ? (state.viewers ?? 0) : undefined,
  stateWrittenAt: writtenAt,
  stateVersion: version,
});
