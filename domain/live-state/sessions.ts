import type { SessionEntry } from "./session-entry.ts";

/** One stream, as far as its events tell. Times are in milliseconds. */
export interface StreamSession {
  readonly streamId: string;
  /** The first that was heard of the stream. */
  readonly startedAt: number;
  /** Absent while the stream runs. */
  readonly endedAt?: number;
  /** False when no end was ever reported, and the start of the next stream stands for it. */
  readonly endReported: boolean;
  /** Health, limits, failures and takeovers, oldest first. */
  readonly incidents: readonly SessionEntry[];
}

const lifeCycle = new Set(["Session Created", "Stream Start", "Stream End", "Session Ended"]);
const ends = new Set(["Stream End", "Session Ended"]);

/** Of any number of times: `Math.min` takes only as many as fit into a call. */
const earliest = (times: readonly number[]) =>
  times.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);

function sessionOf(streamId: string, entries: readonly SessionEntry[], nextStart: number | undefined): StreamSession {
  const ending = entries.filter(({ kind, name }) => kind === "state" && ends.has(name)).map(({ at }) => at);
  const endedAt = ending.length > 0 ? earliest(ending) : nextStart;
  return {
    streamId,
    startedAt: earliest(entries.map(({ at }) => at)),
    ...(endedAt === undefined ? {} : { endedAt }),
    endReported: ending.length > 0,
    incidents: entries.filter(({ kind, name }) => kind !== "state" || !lifeCycle.has(name)).sort((a, b) => a.at - b.at),
  };
}

/**
 * A channel's streams, newest first, from its history in any order. The service does not always say that a session
 * ended: a stream without an end ends where the next one begins.
 */
export function sessionsOf(entries: readonly SessionEntry[]): StreamSession[] {
  const byStream = new Map<string, SessionEntry[]>();
  for (const entry of entries) {
    if (entry.streamId === undefined) continue;
    const group = byStream.get(entry.streamId);
    if (group === undefined) byStream.set(entry.streamId, [entry]);
    else group.push(entry);
  }
  const firstHeard = (group: readonly SessionEntry[]) => earliest(group.map(({ at }) => at));
  const inOrder = [...byStream].sort(([, one], [, other]) => firstHeard(one) - firstHeard(other));
  return inOrder
    .map(([streamId, group], place) => {
      const next = inOrder[place + 1]?.[1];
      return sessionOf(streamId, group, next === undefined ? undefined : firstHeard(next));
    })
    .reverse();
}
