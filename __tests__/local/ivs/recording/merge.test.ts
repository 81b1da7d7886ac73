import { expect, it } from "vitest";
import { mayMerge } from "#local/ivs/recording/merge.ts";
import { folderOf, renditionOf } from "#local/ivs/recording/rendition.ts";
import { LARGER_VIDEO, VIDEO } from "../../media/fixture/units.ts";
import { FORMAT, START, segment } from "./fixture.ts";

const RENDITION = renditionOf(segment(), FORMAT);
const RECORDING = { startedAt: START, streamIds: ["st-1"], rendition: RENDITION };
const HOUR = 60 * 60 * 1_000;

const merges = (next: Partial<typeof RENDITION>, recording: Partial<typeof RECORDING> = {}, now = START) =>
  mayMerge({ ...RECORDING, ...recording }, { ...RENDITION, ...next }, now);

it("merges a stream of the same kind", () => {
  expect(merges({})).toBe(true);
});

it.each([
  ["width", { width: 322 }],
  ["height", { height: 360 }],
  ["frame rate", { frameRate: 29.97 }],
  ["video codec", { codecs: "avc1.64001F,mp4a.40.2" }],
  ["audio codec", { codecs: "avc1.4D400D,mp4a.40.5" }],
  ["audio, which is missing", { codecs: "avc1.4D400D" }],
])("keeps a stream of another %s apart", (_, next) => {
  expect(RENDITION.codecs).toBe("avc1.4D400D,mp4a.40.2");
  expect(merges(next)).toBe(false);
});

it.each([
  [0.49, false],
  [0.5, true],
  [1.5, true],
  [1.51, false],
])("judges a stream of %d times the bit rate", (factor, expected) => {
  expect(merges({ bitsPerSecond: 1_000 * factor }, { rendition: { ...RENDITION, bitsPerSecond: 1_000 } })).toBe(
    expected,
  );
});

it("merges 20 streams, and no further one", () => {
  const streams = (length: number) => ({ streamIds: Array.from({ length }, (_, index) => `st-${index}`) });
  expect([merges({}, streams(19)), merges({}, streams(20))]).toEqual([true, false]);
});

it("merges until 48 hours have passed", () => {
  expect([merges({}, {}, START + 48 * HOUR - 1), merges({}, {}, START + 48 * HOUR)]).toEqual([true, false]);
});

it("takes the frame rate that the stream tells, else the one that is counted", () => {
  expect(RENDITION).toEqual({
    ...{ width: 320, height: 180, frameRate: 30, bitsPerSecond: 8_000 },
    codecs: "avc1.4D400D,mp4a.40.2",
  });
  const { frameRate: _, ...silent } = VIDEO;
  expect(renditionOf(segment(), { video: silent, frameRate: 24.96 }).frameRate).toBe(25);
  expect(renditionOf(segment(), { video: { ...VIDEO, frameRate: 29.97 }, frameRate: 30 }).frameRate).toBe(29.97);
});

it("names a rendition's folder by height and frame rate", () => {
  const named = (frameRate: number) => folderOf(renditionOf(segment(), { video: { ...LARGER_VIDEO, frameRate } }));
  expect([named(30), named(59.94)]).toEqual(["360p30", "360p60"]);
});
