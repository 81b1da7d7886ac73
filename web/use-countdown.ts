import { useEffect, useState } from "preact/hooks";

/** Seconds that are left, and a way to begin anew. */
export function useCountdown(first = 0): [left: number, begin: (seconds: number) => void] {
  const [left, setLeft] = useState(first);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}
