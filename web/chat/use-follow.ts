import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** At the bottom, for somebody who reads along: a late line or a finger may be this much off. */
const bottomPixels = 50;

export interface Follow {
  /** The newest lines are seen as they come. */
  readonly isFollowing: boolean;
  /** What came while they were not. */
  readonly missed: number;
  toBottom(): void;
}

/**
 * Keeps a list at its bottom while its reader is there, also when its size changes, and leaves it alone otherwise.
 *
 * @param received grows with each line
 */
export function useFollow(
  list: HTMLElement | null,
  received: number,
  onChange: (isFollowing: boolean) => void,
): Follow {
  const [isFollowing, setFollowing] = useState(true);
  const following = useRef(true);
  const seen = useRef(0);
  const change = (now: boolean) => {
    if (following.current === now) return;
    following.current = now;
    setFollowing(now);
    onChange(now);
  };
  const toBottom = () => {
    change(true);
    list?.scrollTo({ top: list.scrollHeight, behavior: "instant" });
  };

  useEffect(() => {
    if (!list) return;
    const onScroll = () => change(list.scrollHeight - list.scrollTop - list.clientHeight <= bottomPixels);
    const onResize = () => following.current && toBottom();
    const sizes = new ResizeObserver(onResize);
    sizes.observe(list);
    list.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      sizes.disconnect();
      list.removeEventListener("scroll", onScroll);
    };
  }, [list]);

  useLayoutEffect(() => {
    if (following.current) toBottom();
  }, [list, received]);

  if (isFollowing) seen.current = received;
  return { isFollowing, missed: received - seen.current, toBottom };
}
