/** Counts calls of a user. */
export interface UsageCounter {
  /**
   * Adds one and answers with the count so far.
   *
   * @param window for example `SECOND#1767322800` or `DAY#2026-01-02`
   * @param expiresAt when the count may go, in seconds
   */
  add(sub: string, window: string, expiresAt: number): Promise<number>;
}
