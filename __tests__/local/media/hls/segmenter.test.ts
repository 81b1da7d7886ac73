import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MediaUnit } from "#local/media/access-unit.ts";
import { durationOf, type Segment } from "#local/media/hls/segment.ts";
import { createSegmenter, type SegmenterOptions } from "#local/media/hls/segmenter.ts";
import { readTextTag } from "#local/media/id3/text-tag.ts";
import { PID } from "#local/media/mpeg-ts/tables.ts";
import { mapsOf, packetsOf, readTransportStream } from "../fixture/transport-stream.ts";
import { AUDIO, configurations, LARGER_VIDEO, picture, pictures, sound, VIDEO } from "../fixture/units.ts";

const START = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A segmenter that has its configurations, and every whole segment it made. */
const start = (options: SegmenterOptions = {}) => {
  const made: Segment[] = [];
  const segmenter = createSegmenter({ now: () => START, onSegment: (segment) => made.push(segment), ...options });
  const write = (units: readonly MediaUnit[]) => {
    for (const unit of units) segmenter.write(unit);
  };
  write(configurations);
  return { segmenter, made, write };
};

const bytesOf = ({ parts }: Segment) => Buffer.concat(parts.map(({ data }) => data));
const seconds = (segments: readonly Segment[]) => segments.map((segment) => Number(durationOf(segment).toFixed(3)));

describe("segments", () => {
  it("begin with keyframes, every two seconds, and follow each other without a gap", () => {
    const { made, write, segmenter } = start();
    write(pictures({ seconds: 7 }));
    segmenter.end();
    expect(seconds(made)).toEqual([2, 2, 2, 1]);
    expect(made.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3]);
    for (const segment of made) {
      const [first] = packetsOf(readTransportStream(bytesOf(segment)), PID.video);
      expect(first?.randomAccess).toBe(true);
    }
  });

  it("are dated from the first keyframe on by media time, not by the clock when they begin", () => {
    let now = START;
    const { made, write } = start({ now: () => now });
    for (const unit of pictures({ seconds: 5 })) {
      write([unit]);
      now += 21;
    }
    expect(made.map(({ startTime }) => startTime - START)).toEqual([0, 2_000]);
  });

  it("are joined from keyframes that come more often, and as long as the encoder makes them", () => {
    const often = start();
    often.write(pictures({ seconds: 9, keyframes: 1_000 }));
    expect(seconds(often.made)).toEqual([2, 2, 2, 2]);
    const rarely = start();
    rarely.write(pictures({ seconds: 18, keyframes: 8_000 }));
    expect(seconds(rarely.made)).toEqual([8, 8]);
  });

  it("are cut without a keyframe where none comes for ten seconds", () => {
    const { made, write } = start();
    write(pictures({ seconds: 32, keyframes: 60_000 }));
    expect(seconds(made)).toEqual([10, 10, 10]);
    expect(made.map(({ parts }) => parts[0]?.independent)).toEqual([true, false, false]);
  });

  it("do not begin before the first keyframe, nor before the video's configuration", () => {
    const early = createSegmenter();
    for (const unit of pictures({ seconds: 1 })) early.write(unit);
    expect(early.segments).toEqual([]);
    const { segmenter, write } = start();
    write([picture(0), sound(0), picture(40)]);
    expect(segmenter.segments).toEqual([]);
    write([picture(80, true)]);
    expect(segmenter.segments).toHaveLength(1);
  });

  it("are kept in memory up to a number, besides the one in progress", () => {
    const { segmenter, write } = start({ kept: 3 });
    write(pictures({ seconds: 20 }));
    expect(segmenter.segments.map(({ sequence, complete }) => [sequence, complete])).toEqual([
      [6, true],
      [7, true],
      [8, true],
      [9, false],
    ]);
  });

  it("count their packets on from one to the next", () => {
    const { made, write } = start();
    write(pictures({ seconds: 9 }));
    const counters = new Map<number, number>();
    for (const segment of made) readTransportStream(bytesOf(segment), counters);
    expect(counters.size).toBe(4);
  });
});

describe("parts", () => {
  it("are at most a quarter of a second long, fill their segment, and begin with the programme tables", () => {
    const { made, write } = start();
    write(pictures({ seconds: 5 }));
    for (const { parts } of made) {
      expect(Math.max(...parts.map(({ duration }) => duration))).toBeLessThanOrEqual(0.25);
      expect(parts.filter(({ independent }) => independent)).toHaveLength(1);
      for (const { data } of parts) expect(mapsOf(readTransportStream(data))).toHaveLength(1);
    }
  });

  it("are numbered through the whole stream", () => {
    const { made, write } = start();
    write(pictures({ seconds: 5 }));
    const numbers = made.flatMap(({ parts }) => parts.map(({ number }) => number));
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });
});

describe("timed metadata", () => {
  const mapsAndTexts = (segment: Segment) => {
    const items = readTransportStream(bytesOf(segment));
    const texts = packetsOf(items, PID.metadata).flatMap(({ payload }) => readTextTag(payload));
    return {
      declared: mapsOf(items).map(({ streams }) => PID.metadata in streams),
      texts: texts.map(({ text }) => text),
    };
  };

  it("goes out with the next picture, and is declared in its segment alone, from there on", () => {
    const { made, write, segmenter } = start();
    const units = pictures({ seconds: 7 });
    for (const unit of units) {
      if (unit.kind === "video" && unit.dts === 3_200) segmenter.metadata("hello");
      write([unit]);
    }
    const [before, during, after] = made.map(mapsAndTexts);
    expect(before).toMatchObject({ declared: expect.not.arrayContaining([true]), texts: [] });
    expect(after).toMatchObject({ declared: expect.not.arrayContaining([true]), texts: [] });
    expect(during?.texts).toEqual(["hello"]);
    expect(during?.declared).toEqual([...(during?.declared ?? [])].sort());
    expect(during?.declared.at(-1)).toBe(true);
    const [tag] = packetsOf(readTransportStream(bytesOf(made[1] as Segment)), PID.metadata);
    expect(tag?.pts).toBe((3_200 + 1_400) * 90);
  });

  it("keeps the order of several texts", () => {
    const { made, write, segmenter } = start();
    for (const text of ["one", "two", "three"]) segmenter.metadata(text);
    write(pictures({ seconds: 3 }));
    expect(made.map((segment) => mapsAndTexts(segment).texts)).toEqual([["one", "two", "three"]]);
  });
});

describe("an interruption", () => {
  it("ends the segment, and goes on after a discontinuity with the next keyframe, in unbroken media time", () => {
    let now = START;
    const { made, write, segmenter } = start({ now: () => now });
    write(pictures({ seconds: 3 }));
    segmenter.interrupt();
    now += 20_000;
    write([picture(9_999_960), ...pictures({ from: 10_000_000, seconds: 3 })]);
    segmenter.end();
    expect(seconds(made)).toEqual([2, 1, 2, 1]);
    expect(made.map(({ discontinuity }) => discontinuity)).toEqual([false, false, true, false]);
    expect(made.map(({ discontinuitySequence }) => discontinuitySequence)).toEqual([0, 0, 1, 1]);
    expect(made.map(({ startTime }) => startTime - START)).toEqual([0, 2_000, 20_000, 22_000]);
    const times = packetsOf(readTransportStream(Buffer.concat(made.map(bytesOf))), PID.video).map(({ dts }) => dts);
    expect(times).toEqual(times.map((_, index) => (index * 40 + 1_400) * 90));
  });

  it.each([
    ["steps back", -5_000],
    ["steps forward", 60_000],
  ])("is made of it when the encoder's clock %s", (_, step) => {
    const { made, write, segmenter } = start();
    write(pictures({ from: 100_000, seconds: 3 }));
    write(pictures({ from: 103_000 + step, seconds: 2 }));
    segmenter.end();
    expect(seconds(made)).toEqual([2, 1, 2]);
    expect(made.map(({ discontinuity }) => discontinuity)).toEqual([false, false, true]);
  });

  it("is made of other parameters, not of the same ones sent again", () => {
    const { made, write, segmenter } = start();
    write(pictures({ seconds: 1 }));
    write(configurations);
    write(pictures({ from: 1_000, seconds: 1, keyframes: 4_000 }));
    expect(made).toEqual([]);
    write([{ kind: "video-configuration", configuration: LARGER_VIDEO }]);
    write(pictures({ from: 2_000, seconds: 1 }));
    expect(segmenter.format).toMatchObject({ video: { width: 640, height: 360 } });
    expect(segmenter.segments.map(({ discontinuity }) => discontinuity)).toEqual([false, true]);
  });

  it("is made of it when only sound comes for more than ten seconds, so that memory does not grow", () => {
    const { made, write } = start();
    write(pictures({ seconds: 1 }));
    for (let time = 1_000; time < 60_000; time += 20) write([sound(time)]);
    expect(seconds(made)).toEqual([1]);
  });
});

describe("a stream", () => {
  it("without sound declares none, and one whose sound is configured later declares it from the next segment on", () => {
    const made: Segment[] = [];
    const segmenter = createSegmenter({ onSegment: (segment) => made.push(segment) });
    segmenter.write({ kind: "video-configuration", configuration: VIDEO });
    for (const unit of pictures({ seconds: 5 })) {
      if (unit.dts === 1_000) segmenter.write({ kind: "audio-configuration", configuration: AUDIO });
      segmenter.write(unit);
    }
    const declared = made.map(
      (segment) => PID.audio in (mapsOf(readTransportStream(bytesOf(segment)))[0]?.streams ?? {}),
    );
    expect(declared).toEqual([false, true]);
  });

  it("takes nothing more once it has ended, and says so", () => {
    let changes = 0;
    const { write, segmenter } = start({ onChange: () => (changes += 1) });
    write(pictures({ seconds: 1 }));
    segmenter.end();
    const before = changes;
    write(pictures({ from: 1_000, seconds: 5 }));
    expect([segmenter.ended, segmenter.segments.length, changes]).toEqual([true, 1, before]);
  });

  it("knows its frame rate by the last whole segment", () => {
    const { write, segmenter } = start();
    expect(segmenter.format?.frameRate).toBeUndefined();
    write(pictures({ seconds: 3, frame: 20 }));
    expect(segmenter.format?.frameRate).toBe(50);
  });

  it("stays well-formed through any jumps, keyframes and interruptions", () => {
    const step = fc.record({
      by: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: -20_000, max: 20_000 })),
      keyframe: fc.boolean(),
      interrupted: fc.integer({ min: 0, max: 30 }).map((value) => value === 0),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { made, write, segmenter } = start();
        let clock = 1_000_000;
        for (const { by, keyframe, interrupted } of steps) {
          clock += by;
          if (interrupted) segmenter.interrupt();
          write([picture(clock, keyframe), sound(clock)]);
        }
        segmenter.end();
        const counters = new Map<number, number>();
        const times = made.flatMap((segment) =>
          packetsOf(readTransportStream(bytesOf(segment), counters), PID.video).map(({ dts }) => dts),
        );
        expect(times).toEqual([...times].sort((one, other) => one - other));
        expect(made.map(({ sequence }) => sequence)).toEqual(made.map((_, index) => index));
        for (const segment of made) expect(durationOf(segment)).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});
