import { describe, expect, it } from "vitest";
import type { Segment } from "#local/media/hls/segment.ts";
import { isFulfilled, isTooFar, readReloadWish } from "#local/media/origin/blocking-reload.ts";

const read = (query: string) => readReloadWish(new URLSearchParams(query));

/** Segments from number 5 on, each of so many parts; the last is in progress. */
const segments = (...parts: readonly number[]): Segment[] =>
  parts.map((count, index) => ({
    ...{ sequence: 5 + index, discontinuity: false, discontinuitySequence: 0, startTime: 0 },
    complete: index < parts.length - 1,
    parts: Array.from({ length: count }, (_, number) => ({
      number,
      duration: 1,
      independent: false,
      data: Buffer.of(),
    })),
  }));

describe("what a player waits for", () => {
  it("is read from its two parameters", () => {
    expect(read("")).toBeUndefined();
    expect(read("_HLS_msn=7")).toEqual({ sequence: 7, part: undefined });
    expect(read("_HLS_msn=7&_HLS_part=2")).toEqual({ sequence: 7, part: 2 });
  });

  it.each(["_HLS_part=2", "_HLS_msn=-1", "_HLS_msn=x", "_HLS_msn=1&_HLS_part=1.5", "_HLS_msn=1e99"])(
    "is not %s",
    (query) => {
      expect(read(query)).toBe("malformed");
    },
  );

  it("may lie two segments ahead", () => {
    expect(isTooFar({ sequence: 8, part: 0 }, segments(4, 1))).toBe(false);
    expect(isTooFar({ sequence: 9, part: 0 }, segments(4, 1))).toBe(true);
  });

  it.each([
    ["a whole segment", 5, undefined, true],
    ["a segment in progress", 6, undefined, false],
    ["a part that is there", 6, 0, true],
    ["the next part", 6, 1, false],
    ["a part beyond a whole segment, while the next has parts", 5, 4, true],
    ["a segment that is no longer kept", 1, undefined, true],
    ["a segment to come", 7, 0, false],
  ])("is there or not: %s", (_, sequence, part, expected) => {
    expect(isFulfilled({ sequence, part }, segments(4, 1))).toBe(expected);
  });

  it("is the next segment's first part where it lies beyond a whole segment", () => {
    expect(isFulfilled({ sequence: 5, part: 4 }, segments(4, 0))).toBe(false);
  });
});
