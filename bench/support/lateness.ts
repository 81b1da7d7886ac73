/** How late each segment was, in milliseconds: when it was out, less when its last picture was due. */
export interface Lateness {
  /** @param due milliseconds since 1970 */
  add(due: number): void;
  /** All since it was last asked. */
  take(): readonly number[];
}

export const createLateness = (now: () => number = Date.now): Lateness => {
  const samples: number[] = [];
  return {
    add: (due) => samples.push(now() - due),
    take: () => samples.splice(0),
  };
};
