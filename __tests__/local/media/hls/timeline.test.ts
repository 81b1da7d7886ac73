import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTimeline } from "#local/media/hls/timeline.ts";
import { picture, sound } from "../fixture/units.ts";

describe("media time", () => {
  it("counts from the first picture, wherever the encoder's clock and the stream stand", () => {
    const timeline = createTimeline(5_000_000_000, 300);
    expect(timeline.place(picture(5_000_000_000))).toMatchObject({ unit: { dts: 300, pts: 300 } });
    expect(timeline.place(picture(5_000_000_040, false, 80))).toMatchObject({ unit: { dts: 340, pts: 420 } });
  });

  it("holds a picture that comes with the time of the one before, or a little earlier", () => {
    const timeline = createTimeline(0, 0);
    const times = [0, 40, 40, 20, 80].map((time) => timeline.place(picture(time)));
    expect(times).toMatchObject([0, 40, 41, 42, 80].map((dts) => ({ unit: { dts } })));
  });

  it("leaves out what is from before the first picture", () => {
    expect(createTimeline(1_000, 0).place(sound(990))).toBe("dropped");
  });

  it("sees a jump where the clock steps back by more than one second or forward by more than ten", () => {
    const jumps = [4_000, 3_999, 15_000, 15_001].map((time) => {
      const timeline = createTimeline(0, 0);
      timeline.place(picture(5_000));
      return timeline.place(picture(time)) === "jumped";
    });
    expect(jumps).toEqual([false, true, false, true]);
  });

  it("sees none where sound comes back after a long silence beside the picture", () => {
    const timeline = createTimeline(0, 0);
    timeline.place(sound(0));
    for (let time = 0; time <= 30_000; time += 5_000) timeline.place(picture(time));
    expect(timeline.place(sound(30_000))).toMatchObject({ unit: { dts: 30_000 } });
  });

  it("does not believe a composition time that is negative or above five seconds", () => {
    const timeline = createTimeline(0, 0);
    expect(timeline.place(picture(0, true, -50))).toMatchObject({ unit: { dts: 0, pts: 0 } });
    expect(timeline.place(picture(40, false, 16_000_000))).toMatchObject({ unit: { dts: 40, pts: 5_040 } });
  });

  it("never goes backwards, whatever the encoder's clock does", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2_000, max: 12_000 })), (steps) => {
        const timeline = createTimeline(0, 0);
        let last = -1;
        let clock = 0;
        for (const step of steps) {
          clock += step;
          const placed = timeline.place(picture(clock));
          if (typeof placed === "string") continue;
          expect(placed.unit.dts).toBeGreaterThan(last);
          last = placed.unit.dts;
        }
      }),
    );
  });
});
