import { expect, test } from "vitest";
import { type FlvTag, readFlvTags } from "#bench/support/flv-tags.ts";
import { greeting, recordRtmp } from "#bench/support/rtmp-recording.ts";
import { openSession } from "../../local/media/rtmp/fixture/open-session.ts";
import { record, videoOf } from "../../local/media/rtmp/fixture/recorder.ts";

const tag = (type: number, timestamp: number, ...body: readonly number[]): FlvTag => ({
  ...{ type, timestamp },
  body: Buffer.from(body),
});

const AVC_RECORD = [
  ...Buffer.from("0142c01effe100176742c01eda05067e7c0440000003004000000f03c58ba801000468ce0fc8", "hex"),
];
const frame = (timestamp: number, keyframe: boolean): FlvTag =>
  tag(9, timestamp, keyframe ? 0x17 : 0x27, 1, 0, 0, 0, 0, 0, 0, 1, keyframe ? 0x65 : 0x41);
const clip = [
  tag(9, 0, 0x17, 0, 0, 0, 0, ...AVC_RECORD),
  tag(8, 0, 0xaf, 0, 0x11, 0x90),
  ...[100, 140, 180].flatMap((time, index) => [frame(time, index === 0), tag(8, time + 1, 0xaf, 1, 9)]),
];

const flvFile = (tags: readonly FlvTag[]): Buffer =>
  Buffer.concat([
    Buffer.alloc(13),
    ...tags.map(({ type, timestamp, body }) => {
      const header = Buffer.alloc(11);
      header.writeUInt8(type);
      header.writeUIntBE(body.length, 1, 3);
      header.writeUIntBE(timestamp % 2 ** 24, 4, 3);
      header.writeUInt8(Math.floor(timestamp / 2 ** 24), 7);
      return Buffer.concat([header, body, Buffer.alloc(4)]);
    }),
  ]);

test("reads the tags of a file, and leaves out one that is cut off", () => {
  const tags = [...clip, tag(9, 2 ** 24 + 5, 1, 2, 3)];
  const file = flvFile(tags);
  expect(readFlvTags(file)).toEqual(tags);
  expect(readFlvTags(file.subarray(0, -6))).toEqual(clip);
});

test("fills the time with the clip, over and over, in rising time", () => {
  const sent = recordRtmp(clip, 0.3);
  const times = sent.map(({ time }) => time);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(sent.filter(({ keyframe }) => keyframe).map(({ time }) => time)).toEqual([0, 120, 240]);
});

test("is what an ingest takes", async () => {
  const recorder = record();
  const keys: string[] = [];
  const session = openSession((streamKey) => {
    keys.push(streamKey);
    return { accepted: recorder };
  });
  await session.receive(greeting("app", "sk_1"));
  for (const { bytes } of recordRtmp(clip, 0.2)) await session.receive(bytes);
  expect(session.state.publishing).toBe(true);
  expect(keys).toEqual(["sk_1"]);
  expect(videoOf(recorder).map(({ dts, keyframe }) => [dts, keyframe])).toEqual([
    [0, true],
    [40, false],
    [80, false],
    [120, true],
    [160, false],
    [200, false],
  ]);
});
