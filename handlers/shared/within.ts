import { setTimeout as sleep } from "node:timers/promises";

/** Work that did not end in its time; it may still go on. */
class LateError extends Error {
  override readonly name = "LateError";
  readonly code = "ERR_LATE";
}

/** Waits for work, but no longer than so. @throws LateError */
export async function within<Answer>(milliseconds: number, work: Promise<Answer>): Promise<Answer> {
  const done = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: done.signal }).then(() => {
    throw new LateError(`Not done after ${milliseconds} ms.`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    late.catch(() => {});
    done.abort();
  }
}
