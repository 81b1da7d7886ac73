/** A save in a while, so that what was done last is at most this much younger than what is on the disk. */
const INTERVAL_MILLISECONDS = 3000;
/** Saving may take at most one part in this many of the time. */
const SHARE = 10;

export interface Saver {
  /** Everything done before this call is on the disk when it resolves. */
  save(): Promise<void>;
  /** Ends the saving in a while; a save that is under way is waited for. */
  stop(): Promise<void>;
}

export interface SaverOptions {
  /** Grows with each change of anything that is saved. */
  readonly revision: () => number;
  /** Writes one generation and returns the revision that is in it. */
  readonly write: () => Promise<number>;
  /** Told when saving in a while fails, and again when it works. */
  readonly report: (line: string) => void;
  /** @default 3000 */
  readonly intervalMilliseconds?: number;
}

/** Saves whenever something changed, one save at a time. Calls during a save share the next one. */
export const createSaver = ({
  revision,
  write,
  report,
  intervalMilliseconds = INTERVAL_MILLISECONDS,
}: SaverOptions): Saver => {
  let saved = revision();
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let failing = false;

  const run = async () => {
    running = write().then((written) => {
      saved = written;
    });
    try {
      await running;
    } finally {
      running = undefined;
    }
  };

  const save = (): Promise<void> => {
    if (running === undefined) return run();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return run();
      });
    return next;
  };

  const inAWhile = async () => {
    const started = Date.now();
    if (revision() !== saved) {
      try {
        await save();
        if (failing) report("Saving works again.");
        failing = false;
      } catch (error) {
        if (!failing) report(`Saving failed, what is done now is not kept: ${(error as Error).message}`);
        failing = true;
      }
    }
    if (!stopped) timer = setTimeout(inAWhile, Math.max(intervalMilliseconds, (Date.now() - started) * SHARE));
  };
  timer = setTimeout(inAWhile, intervalMilliseconds);

  return {
    save,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await Promise.allSettled([running, next]);
    },
  };
};
