/** The furthest that a stream is announced ahead, in milliseconds. */
const mostAhead = 366 * 86_400_000;

/** Whether a stream may be announced for that time: from now on, for a year. Both in milliseconds. */
export const isAnnounceable = (startsAt: number, now: number): boolean => startsAt > now && startsAt <= now + mostAhead;

/** The rule of `isAnnounceable`, in words that can follow a field's name. */
export const announceableRule = "must be from now on, within a year";
