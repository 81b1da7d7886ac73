/** Since when a walk over what is on air is missed: live states may be wrong from then on. One begins each minute. */
export const OBSERVE_LATE_SECONDS = 300;

/** A quota is raised by people, which takes days: early enough. */
const OF_QUOTA = 0.8;

/** From how many on people are told that a quota is near. */
export const nearQuota = (quota: number): number => Math.ceil(quota * OF_QUOTA);
