/** Counts calls of a user. */
export interface UsageCounter {
  /**
   * Adds one and answers with the count so far.
   *
   * @param window what is counted, and since when: `SECOND#1767322800`
   * @param expiresAt when the count may go, in seconds
   */
  add(sub: string, window: string, expiresAt: number): Promise<number>;
}
