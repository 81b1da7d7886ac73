/** Four seconds, and up to one more, so that pages that were opened together do not ask together. */
const visibleMilliseconds = 4000;
const jitterMilliseconds = 1000;
/** Nobody looks. */
const hiddenMilliseconds = 30_000;

/**
 * Does something now and every few seconds, seldom while the page is hidden, and at once when it is looked at again or the
 * network is back.
 *
 * @param ask must not throw
 * @returns ends it
 */
export function repeat(ask: (isStopped: () => boolean) => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let asking = false;

  const wait = () => {
    const pause = document.hidden ? hiddenMilliseconds : visibleMilliseconds + Math.random() * jitterMilliseconds;
    if (!stopped) timer = setTimeout(run, pause);
  };
  const run = () => {
    if (asking) return;
    asking = true;
    clearTimeout(timer);
    ask(() => stopped).finally(() => {
      asking = false;
      wait();
    });
  };
  const onVisible = () => {
    if (!document.hidden) run();
  };

  document.addEventListener("visibilitychange", onVisible);
  addEventListener("online", run);
  run();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisible);
    removeEventListener("online", run);
  };
}
