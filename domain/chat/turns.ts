import { secondsLeft } from "./slow-mode.ts";

/** Slow mode's rows, for the review of a message, which waits for nothing long. */
export interface TurnStore {
  /** Seconds of a room's slow mode, 0 for none. */
  slowMode(roomArn: string, signal: AbortSignal): Promise<number>;
  /**
   * Lets a sender through, and writes so, unless that was done in the last `seconds`: then nothing is written.
   *
   * @param now milliseconds
   * @returns when the sender was last let through, in milliseconds, if that is too short ago
   */
  take(
    roomArn: string,
    userId: string,
    turn: { readonly seconds: number; readonly now: number },
    signal: AbortSignal,
  ): Promise<number | undefined>;
}

/** Takes a sender's turn in a room; answers how many seconds to wait for it, 0 when it was there. */
export type TakeTurn = (roomArn: string, userId: string, signal: AbortSignal) => Promise<number>;

/** A changed slow mode is in force after so long at most. */
const keptMilliseconds = 5000;
/** Rooms that one instance remembers; then it begins anew. */
const mostRooms = 1000;

/** Reads a room's slow mode once in five seconds, and asks for turns only where it is on. */
export function createTakeTurn(store: TurnStore, now: () => number): TakeTurn {
  const rooms = new Map<string, { readonly seconds: number; readonly readAt: number }>();

  const slowModeOf = async (roomArn: string, signal: AbortSignal): Promise<number> => {
    const readAt = now();
    const known = rooms.get(roomArn);
    if (known && Math.abs(readAt - known.readAt) < keptMilliseconds) return known.seconds;
    const seconds = await store.slowMode(roomArn, signal);
    if (rooms.size >= mostRooms) rooms.clear();
    rooms.set(roomArn, { seconds, readAt });
    return seconds;
  };

  return async (roomArn, userId, signal) => {
    const seconds = await slowModeOf(roomArn, signal);
    if (seconds === 0) return 0;
    const at = now();
    const sentAt = await store.take(roomArn, userId, { seconds, now: at }, signal);
    return sentAt === undefined ? 0 : secondsLeft(seconds, sentAt, at);
  };
}
