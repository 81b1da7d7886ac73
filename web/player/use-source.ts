import { useEffect, useRef, useState } from "preact/hooks";
import type { Channel } from "../api/schema.ts";

/** What is to be played. */
export interface Source {
  readonly url: string;
  /** Another stream on the same address has another start. */
  readonly startedAt: string;
}

/** By then a player has shown what it had, or never will. */
const drainMilliseconds = 10_000;

/**
 * What to play of a channel: its stream while it is live, and from then on until the player has shown what it holds of it.
 *
 * @returns the source; undefined off air. And what to call when nothing is left to show
 */
export function useSource(
  { live, startedAt = "" }: Channel,
  url: string | undefined,
): [source: Source | undefined, playedOut: () => void] {
  const last = useRef<Source | undefined>(undefined);
  const [done, setDone] = useState<Source>();
  if (live && url !== undefined && (last.current?.url !== url || last.current.startedAt !== startedAt)) {
    last.current = { url, startedAt };
  }
  const source = live || last.current !== done ? last.current : undefined;

  useEffect(() => {
    if (live) return setDone(undefined);
    const timer = setTimeout(() => setDone(last.current), drainMilliseconds);
    return () => clearTimeout(timer);
  }, [live]);
  return [source, () => setDone(last.current)];
}
