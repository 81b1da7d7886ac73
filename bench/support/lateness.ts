/** How late the segments of some streams were. */
export interface Lateness {
  /** Begins with another stream; the function is told when each of its segments was due, in milliseconds since 1970. */
  follow(): (due: number) => void;
  /** Of all segments since it was last asked, in milliseconds. */
  take(): readonly number[];
}

/**
 * A segment is as late as it is out after its last picture was due. A stream whose first picture was itself held up would
 * hide that: it goes by its most punctual segment so far.
 */
export const createLateness = (now: () => number = Date.now): Lateness => {
  let samples: number[] = [];
  return {
    follow: () => {
      let punctual = 0;
      return (due) => {
        const after = now() - due;
        punctual = Math.min(punctual, after);
        samples.push(after - punctual);
      };
    },
    take: () => {
      const taken = samples;
      samples = [];
      return taken;
    },
  };
};
