import type { Clock, Pace } from "./ports.ts";
import { ServiceError } from "./service-error.ts";

/** When each operation's next call may begin, shared by all callers. */
export interface PaceStore {
  /** Milliseconds; 0 when nobody called yet. */
  next(operation: string): Promise<number>;
  /** Moves it on, unless it is no longer `from`; then the answer is false. */
  moveOn(operation: string, from: number, to: number): Promise<boolean>;
}

export interface PaceSettings {
  /** Calls that may begin in a second, for all callers together: IVS's rate for channel, key and room verbs. @default 5 */
  readonly callsPerSecond?: number;
  /** Most that a caller waits for one turn; a call whose turn comes later counts as throttled. @default for ever */
  readonly mostWaitMilliseconds?: number;
  /** Between 0 and 1: spreads callers that wanted the same turn. */
  readonly random: () => number;
}

/**
 * Shares a rate among all callers: a token bucket that holds one token, so that no second, wherever it begins, sees
 * more calls than the rate. A caller takes the next turn in the store, then sleeps until it comes. Who missed its turn
 * takes another, since a late call would come too close to the next one; who dies meanwhile wastes its turn only. The
 * number of workers bounds the wait, so the queue is the waiting room.
 */
export function sharedPace(store: PaceStore, clock: Clock, settings: PaceSettings): Pace {
  const { callsPerSecond = 5, mostWaitMilliseconds = Number.POSITIVE_INFINITY, random } = settings;
  const spacing = Math.ceil(1000 / callsPerSecond);
  // Taking a turn takes a while itself.
  const lead = spacing;
  // Callers of one process take their turns one by one: at once they would only be in each other's way.
  const takers = new Map<string, Promise<unknown>>();

  async function take(operation: string, latest: number): Promise<number> {
    for (;;) {
      const next = await store.next(operation);
      const turn = Math.max(next, clock.now() + lead);
      if (turn > latest) throw new ServiceError("THROTTLED", operation);
      if (await store.moveOn(operation, next, turn + spacing)) return turn;
      await clock.sleep(Math.ceil(random() * spacing));
    }
  }

  function takeInLine(operation: string, latest: number): Promise<number> {
    const taken = (takers.get(operation) ?? Promise.resolve()).then(() => take(operation, latest));
    takers.set(
      operation,
      taken.catch(() => undefined),
    );
    return taken;
  }

  return {
    async turn(operation) {
      const latest = clock.now() + mostWaitMilliseconds;
      for (;;) {
        const wait = (await takeInLine(operation, latest)) - clock.now();
        if (wait > 0) await clock.sleep(wait);
        if (wait >= 0) return;
      }
    },
  };
}
