import { describe, expect, it } from "vitest";
import { type CutPoint, cut, defaultLengths } from "#local/media/hls/cut.ts";

const at = (time: number, changes: Partial<CutPoint> = {}) =>
  cut({ segmentStart: 0, partStart: 0, time, frame: 40, keyframe: false, ...changes }, defaultLengths);

describe("a picture", () => {
  it("begins a segment if it is a keyframe three quarters of the aim after the last one, or later", () => {
    expect(at(1_500, { keyframe: true })).toBe("segment");
    expect(at(2_000, { keyframe: true })).toBe("segment");
    expect(at(8_333, { keyframe: true })).toBe("segment");
  });

  it("begins a part if it is a keyframe that comes too early for a segment", () => {
    expect(at(1_499, { keyframe: true, partStart: 1_490 })).toBe("part");
  });

  it("begins a part where the last one would grow beyond a quarter of a second", () => {
    expect(at(200, { partStart: 0 })).toBeUndefined();
    expect(at(240, { partStart: 0 })).toBe("part");
  });

  it("begins a segment without a keyframe where there was none for ten seconds", () => {
    expect(at(9_960, { partStart: 9_900 })).toBeUndefined();
    expect(at(9_961, { partStart: 9_900 })).toBe("segment");
  });
});
