/** Turns the 32-bit milliseconds of RTMP and FLV, whatever an encoder does to them, into time that always rises. */
export interface Timeline {
  /**
   * Where a tag stands, in milliseconds.
   * @param track which of the interleaved tracks the tag belongs to
   */
  place(track: "video" | "audio", timestamp: number): number;
}

/** Steps back within this are an encoder's jitter, or one track a little behind the other. */
const JITTER_MILLISECONDS = 1_000;
/** A longer step forward is a clock that was set, not a pause: the connection would have been idle for too long. */
const GAP_MILLISECONDS = 30_000;
/** What time goes on by where the clock says nothing of use: about one picture. */
const STEP_MILLISECONDS = 33;

/**
 * The rules: a wrap after 2^32 ms (49.7 days) goes on upwards. Where the clock leaps (back by more than a second, forward
 * by more than 30 s, seen against the newest time of either track) time goes on from where it was, by one picture, and
 * both tracks keep their distance. A smaller step back within one track is held a millisecond after the track's last time.
 */
export const createTimeline = (): Timeline => {
  let newest: { wire: number; time: number } | undefined;
  const last = { video: -1, audio: -1 };

  return {
    place: (track, timestamp) => {
      const wire = timestamp >>> 0;
      newest ??= { wire, time: wire };
      // The difference of two 32-bit clocks, as the signed number that is nearest to zero.
      const step = (wire - newest.wire) | 0;
      const leapt = step < -JITTER_MILLISECONDS || step > GAP_MILLISECONDS;
      const placed = newest.time + (leapt ? STEP_MILLISECONDS : step);
      if (leapt || step > 0) newest = { wire, time: placed };
      last[track] = Math.max(last[track] + 1, placed);
      return last[track];
    },
  };
};
