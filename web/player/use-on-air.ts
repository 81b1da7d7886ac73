import { useEffect, useState } from "preact/hooks";

/** By then a player has shown what it had, or never will. */
const drainMilliseconds = 10_000;

/**
 * Whether there is something to play: while the channel is live, and from then on until what the player holds of it was
 * shown. A stream that comes back sooner goes on in the same player.
 */
export function useOnAir(live: boolean, isShowing: boolean): boolean {
  const [lasts, setLasts] = useState(live);
  useEffect(() => {
    if (live) return setLasts(true);
    const timer = setTimeout(() => setLasts(false), drainMilliseconds);
    return () => clearTimeout(timer);
  }, [live]);
  useEffect(() => {
    if (!live && !isShowing) setLasts(false);
  }, [live, isShowing]);
  return live || lasts;
}
