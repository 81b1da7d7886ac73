const seconds = [0.5, 1, 2, 4, 8];
const longest = 15;
const jitter = 0.3;

/**
 * How long to wait before trying again, in milliseconds: half a second at first, fifteen in the end, without a limit of
 * tries. Spread, so that the viewers of a server that comes back do not come at once.
 *
 * @param failures how many tries failed in a row
 * @param random from 0 to 1
 */
export const backoff = (failures: number, random: number = Math.random()): number =>
  (seconds[failures - 1] ?? longest) * 1000 * (1 + jitter * random);

/**
 * How long to leave a server alone that says how long, in milliseconds: as long as it says, and then anything up to a time
 * that grows with each failure ("full jitter"), so that those who were refused together do not come back together.
 *
 * @param failures how many tries failed in a row
 * @param random from 0 to 1
 */
export const afterRetryAfter = (retryAfterSeconds: number, failures: number, random: number = Math.random()): number =>
  (retryAfterSeconds + random * Math.min(longest, 2 ** failures)) * 1000;
