import { describe, expect, it } from "vitest";
import type { MediaUnit } from "#local/media/access-unit.ts";
import { createMeter } from "#local/media/flv/meter.ts";

const picture = (dts: number, bytes: number, keyframe = false): MediaUnit => ({
  ...{ kind: "video", dts, pts: dts, keyframe },
  nalUnits: [Buffer.alloc(bytes)],
});
const sound = (dts: number, bytes: number): MediaUnit => ({ kind: "audio", dts, pts: dts, data: Buffer.alloc(bytes) });

describe("the measure of a stream", () => {
  it("is that of the last whole seconds", () => {
    let now = 0;
    const meter = createMeter(() => now);
    for (now = 0; now < 10_000; now += 20) {
      meter.observe(picture(now, 500));
      meter.observe(sound(now, 40));
    }
    expect(meter.measure()).toEqual({
      videoBitsPerSecond: 200_000,
      audioBitsPerSecond: 16_000,
      framesPerSecond: 50,
      secondsWithoutVideo: 0.02,
    });
  });

  it("falls to nothing when nothing comes", () => {
    let now = 0;
    const meter = createMeter(() => now);
    meter.observe(picture(0, 500));
    now = 8_000;
    expect(meter.measure()).toMatchObject({ videoBitsPerSecond: 0, framesPerSecond: 0, secondsWithoutVideo: 8 });
  });

  it("tells the keyframe interval in the stream's own time", () => {
    const meter = createMeter(() => 0);
    meter.observe(picture(0, 500, true));
    expect(meter.measure().keyframeIntervalSeconds).toBeUndefined();
    meter.observe(picture(1_000, 500));
    meter.observe(picture(2_000, 500, true));
    expect(meter.measure().keyframeIntervalSeconds).toBe(2);
  });
});
