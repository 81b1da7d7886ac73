/** Requests that change something pass through; for the moment of a capture they are held. */
export interface Gate {
  /** Waits while the gate is held; call what it returns when the change is made. */
  enter(): Promise<() => void>;
  /** Holds the gate, waits for those inside to leave, for a bounded time, and does the work. */
  hold<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** A change that takes longer than this is not waited for; it is in the next generation. */
const DRAIN_MILLISECONDS = 2000;

export const createGate = (drainMilliseconds = DRAIN_MILLISECONDS): Gate => {
  let inside = 0;
  let held: Promise<void> | undefined;
  let emptied: (() => void) | undefined;

  const drain = async () => {
    if (inside === 0) return;
    let patience: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      emptied = resolve;
      patience = setTimeout(resolve, drainMilliseconds);
    });
    clearTimeout(patience);
    emptied = undefined;
  };

  return {
    enter: async () => {
      while (held !== undefined) await held;
      inside += 1;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        inside -= 1;
        if (inside === 0) emptied?.();
      };
    },
    hold: async (work) => {
      while (held !== undefined) await held;
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      try {
        await drain();
        return await work();
      } finally {
        held = undefined;
        release();
      }
    },
  };
};
