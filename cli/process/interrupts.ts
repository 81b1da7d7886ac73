/** What to do when users ask us to stop. */
export interface InterruptHandlers {
  first(): void;
  second(): void;
}

/**
 * npm passes the terminal's Ctrl-C on to the process it runs, which has got it already: what follows this quickly is the
 * same key press. People press a second time later than that.
 */
const sameKeyPressMilliseconds = 700;
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const parentPollMilliseconds = 500;

/**
 * Listens for Ctrl-C, SIGTERM and a closed terminal until `close` is called. Below `npm run` also for the end of what
 * started us: the shell between npm and us takes a SIGTERM with it into its grave.
 */
export function watchInterrupts({ first, second }: InterruptHandlers): { close(): void } {
  let firstAt: number | undefined;
  const listener = () => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      first();
    } else if (now - firstAt > sameKeyPressMilliseconds) {
      second();
    }
  };
  const parent = process.ppid;
  const watchParent = () => {
    if (process.ppid !== parent && firstAt === undefined) listener();
  };
  const timer = process.env.npm_lifecycle_event && setInterval(watchParent, parentPollMilliseconds).unref();
  for (const signal of signals) process.on(signal, listener);
  return {
    close: () => {
      if (timer) clearInterval(timer);
      for (const signal of signals) process.off(signal, listener);
    },
  };
}
