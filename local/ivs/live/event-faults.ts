/**
 * How events go wrong, as the service's may: they are best effort, late by up to hours, unordered, perhaps twice. For
 * tests of whoever receives them.
 */
export interface EventFaults {
  /** Part of the events that is never sent, 0 to 1. @default 0 */
  readonly drop?: number;
  /** Part of the events that is sent twice, 0 to 1. @default 0 */
  readonly duplicate?: number;
  /** Each event is held back for a random time up to this, in milliseconds. @default 0 */
  readonly delayMilliseconds?: number;
  /** Events wait for each other, for a second at most, and go out in random order. @default false */
  readonly shuffle?: boolean;
  /** From 0 to below 1, to choose by. @default Math.random */
  readonly random?: () => number;
}

const SHUFFLE_MILLISECONDS = 1000;

/** Lets events through, wrongly where it is told to. */
export interface FaultyLine<Event> {
  push(event: Event): void;
  setFaults(faults: EventFaults): void;
  /** Sends at once whatever is held back. */
  flush(): void;
}

export const createFaultyLine = <Event>(send: (event: Event) => void): FaultyLine<Event> => {
  const held = new Map<NodeJS.Timeout, Event>();
  let faults: EventFaults = {};
  let pool: Event[] = [];
  let poolTimer: NodeJS.Timeout | undefined;

  const random = (): number => (faults.random ?? Math.random)();

  const release = (): void => {
    clearTimeout(poolTimer);
    poolTimer = undefined;
    const waiting = pool;
    pool = [];
    while (waiting.length > 0) {
      for (const event of waiting.splice(Math.floor(random() * waiting.length), 1)) send(event);
    }
  };

  const pass = (event: Event): void => {
    if (faults.shuffle) {
      pool.push(event);
      poolTimer ??= setTimeout(release, SHUFFLE_MILLISECONDS);
    } else send(event);
  };

  const hold = (event: Event, milliseconds: number): void => {
    const timer = setTimeout(() => {
      held.delete(timer);
      pass(event);
    }, milliseconds);
    held.set(timer, event);
  };

  return {
    push: (event) => {
      const { drop = 0, duplicate = 0, delayMilliseconds = 0 } = faults;
      if (drop > 0 && random() < drop) return;
      const copies = duplicate > 0 && random() < duplicate ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        if (delayMilliseconds > 0) hold(event, random() * delayMilliseconds);
        else pass(event);
      }
    },
    setFaults: (next) => {
      faults = next;
    },
    flush: () => {
      for (const [timer, event] of [...held]) {
        clearTimeout(timer);
        held.delete(timer);
        pass(event);
      }
      release();
    },
  };
};
