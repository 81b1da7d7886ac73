/** What checks have to remember or look up. */
export interface PlaybackMemory {
  /**
   * Uses up a single-use id; false where it was used before.
   * @param expires when it can be forgotten, in seconds since 1970
   */
  useOnce(id: string, expires: number): boolean;
  /** Up to which session version a viewer of a channel was revoked; undefined where never. */
  revokedUpTo(channelArn: string, viewerId: string): number | undefined;
}

/** Used ids are looked through for expired ones when there are more than this many. */
const MANY_IDS = 10_000;

/**
 * A memory in this process.
 * @param revokedUpTo looks up what StartViewerSessionRevocation has left in the control plane's state
 * @param now milliseconds since 1970
 */
export const createPlaybackMemory = (
  revokedUpTo: PlaybackMemory["revokedUpTo"],
  now: () => number = Date.now,
): PlaybackMemory => {
  const used = new Map<string, number>();
  const forgetExpired = () => {
    for (const [id, expires] of used) if (expires * 1000 <= now()) used.delete(id);
  };
  return {
    useOnce: (id, expires) => {
      if (used.has(id)) return false;
      if (used.size >= MANY_IDS) forgetExpired();
      used.set(id, expires);
      return true;
    },
    revokedUpTo,
  };
};
