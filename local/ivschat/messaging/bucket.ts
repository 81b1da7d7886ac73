/** Counts what happens; false for what is too much within a second. */
export type Bucket = (perSecond: number, now: number) => boolean;

/** A token bucket: it holds one second's worth and refills at its rate, which may change from call to call. */
export const createBucket = (): Bucket => {
  let left = Number.POSITIVE_INFINITY;
  let at = 0;
  return (perSecond, now) => {
    const passed = Math.max(0, now - at);
    left = Math.min(perSecond, left + (passed / 1000) * perSecond);
    at = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
};
