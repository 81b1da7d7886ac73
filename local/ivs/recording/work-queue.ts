export interface WorkQueueOptions {
  /** Bytes that may wait; more break the queue. */
  readonly mostBytes: number;
  /** Called once, after the work under way; must not reject. */
  readonly onBroken: (error: unknown) => Promise<void>;
}

/** Does one thing after the other, until one of them fails. */
export interface WorkQueue {
  /** Once the queue is broken, nothing is added and what waits is left undone. */
  add(bytes: number, work: () => Promise<void>): void;
  readonly isBroken: boolean;
  /** Settles when nothing waits. */
  settled(): Promise<void>;
}

export const createWorkQueue = ({ mostBytes, onBroken }: WorkQueueOptions): WorkQueue => {
  let tail = Promise.resolve();
  let waiting = 0;
  let isBroken = false;

  const breakOff = (error: unknown) => {
    if (isBroken) return;
    isBroken = true;
    tail = tail.then(() => onBroken(error));
  };

  const run = async (work: () => Promise<void>) => {
    try {
      if (!isBroken) await work();
    } catch (error) {
      breakOff(error);
    }
  };

  return {
    add(bytes, work) {
      if (isBroken) return;
      if (waiting + bytes > mostBytes) return breakOff(new Error(`more than ${mostBytes} bytes wait to be put`));
      waiting += bytes;
      tail = tail.then(async () => {
        await run(work);
        waiting -= bytes;
      });
    },
    get isBroken() {
      return isBroken;
    },
    async settled() {
      for (let seen: Promise<void> | undefined; seen !== tail; ) {
        seen = tail;
        await seen;
      }
    },
  };
};
