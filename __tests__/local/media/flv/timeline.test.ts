import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTimeline } from "#local/media/flv/timeline.ts";

const place = (...timestamps: readonly number[]) => {
  const timeline = createTimeline();
  return timestamps.map((timestamp) => timeline.place("video", timestamp));
};

describe("the time of a publication", () => {
  it("is the encoder's own", () => {
    expect(place(0, 33, 67, 2_100)).toEqual([0, 33, 67, 2_100]);
  });

  it("goes on upwards where 32 bits are used up", () => {
    expect(place(0xffffffff, 32, 65)).toEqual([4_294_967_295, 4_294_967_328, 4_294_967_361]);
  });

  it("stands a millisecond apart where the clock stands still or steps back a little", () => {
    expect(place(100, 100, 60, 133)).toEqual([100, 101, 102, 133]);
  });

  it("goes on from where it was when the clock is set back", () => {
    expect(place(10_000, 10_033, 5, 38)).toEqual([10_000, 10_033, 10_066, 10_099]);
  });

  it("goes on from where it was when the clock leaps ahead", () => {
    expect(place(0, 33, 3_600_000, 3_600_033)).toEqual([0, 33, 66, 99]);
  });

  it("keeps a pause", () => {
    expect(place(0, 33, 20_033)).toEqual([0, 33, 20_033]);
  });

  it("keeps sound and picture together through a leap", () => {
    const timeline = createTimeline();
    expect(timeline.place("video", 50_000)).toBe(50_000);
    expect(timeline.place("audio", 49_990)).toBe(49_990);
    expect(timeline.place("video", 0)).toBe(50_033);
    expect(timeline.place("audio", 10)).toBe(50_043);
    expect(timeline.place("video", 33)).toBe(50_066);
  });

  it("rises in each track, whatever the clock does", () => {
    const tags = fc.array(fc.tuple(fc.constantFrom("video" as const, "audio" as const), fc.nat(0xffffffff)));
    fc.assert(
      fc.property(tags, (list) => {
        const timeline = createTimeline();
        const last = { video: -1, audio: -1 };
        for (const [track, timestamp] of list) {
          const time = timeline.place(track, timestamp);
          expect(time).toBeGreaterThan(last[track]);
          last[track] = time;
        }
      }),
    );
  });
});
