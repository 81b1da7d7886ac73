/** Where a tag stands in a publication's own time. */
export interface Moment {
  /** Milliseconds. */
  readonly time: number;
  readonly discontinuity: boolean;
}

/** Turns the 32-bit milliseconds of RTMP and FLV, whatever an encoder does to them, into time that always rises. */
export interface Timeline {
  /** @param track which of the interleaved tracks the tag belongs to */
  place(track: "video" | "audio", timestamp: number): Moment;
}

/** Steps back within this are an encoder's jitter, or one track a little behind the other. */
const JITTER_MILLISECONDS = 1_000;
/** A longer step forward is a clock that was set, not a pause: the connection would have been idle for too long. */
const GAP_MILLISECONDS = 30_000;
/** What the time goes on by, where the clock says nothing of use: about one picture. */
const STEP_MILLISECONDS = 33;

/**
 * The rules: a wrap after 2^32 ms (49.7 days) goes on upwards. A leap (back by more than a second, forward by more than
 * 30 s, seen against the newest time of either track) marks that tag, and the first one after it of the other track, as a
 * discontinuity; time goes on from where it was, by one picture, and both tracks keep their distance. Less than that within
 * one track is held a millisecond after the track's last time, unmarked.
 */
export const createTimeline = (): Timeline => {
  let newest: { wire: number; time: number } | undefined;
  const last = { video: -1, audio: -1 };
  const marked = { video: false, audio: false };

  return {
    place: (track, timestamp) => {
      const wire = timestamp >>> 0;
      newest ??= { wire, time: wire };
      // The difference of two 32-bit clocks, as the signed number that is nearest to zero.
      const step = (wire - newest.wire) | 0;
      const leapt = step < -JITTER_MILLISECONDS || step > GAP_MILLISECONDS;
      if (leapt) marked.video = marked.audio = true;
      const time = Math.max(last[track] + 1, newest.time + (leapt ? STEP_MILLISECONDS : step));
      if (leapt || step > 0) newest = { wire, time };
      const discontinuity = marked[track];
      marked[track] = false;
      last[track] = time;
      return { time, discontinuity };
    },
  };
};
