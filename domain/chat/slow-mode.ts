/** How long a sender may have to wait between two messages, in seconds; 0 is no slow mode. */
export const slowModeSeconds = [0, 3, 5, 10, 30, 60, 120] as const;

/**
 * How many seconds are left until a sender's next turn, at least 1: whoever asks was refused. A clock that is behind
 * the one that wrote `sentAt` makes nobody wait longer than slow mode says.
 *
 * @param sentAt when the sender's last message was let through, in milliseconds
 * @param now milliseconds
 */
export function secondsLeft(seconds: number, sentAt: number, now: number): number {
  const left = Math.ceil((sentAt + seconds * 1000 - now) / 1000);
  return Math.min(Math.max(left, 1), seconds);
}
