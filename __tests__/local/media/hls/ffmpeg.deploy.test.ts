import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MediaUnit } from "#local/media/access-unit.ts";
import { runFfmpeg } from "#local/media/ffmpeg/run.ts";
import { durationOf, type Segment } from "#local/media/hls/segment.ts";
import { createSegmenter } from "#local/media/hls/segmenter.ts";
import { createOrigin } from "#local/media/origin/origin.ts";
import { projectFfmpeg, smallClip } from "../fixture/ffmpeg.ts";
import { readFlv } from "../fixture/flv-file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onair-hls-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Cuts a whole stream; a text goes out with the picture at that place. */
const cut = (units: readonly MediaUnit[], texts: Readonly<Record<number, string>> = {}): Segment[] => {
  const segments: Segment[] = [];
  const segmenter = createSegmenter({ onSegment: (segment) => segments.push(segment) });
  let pictures = 0;
  for (const unit of units) {
    const text = unit.kind === "video" ? texts[pictures++] : undefined;
    if (text !== undefined) segmenter.metadata(text);
    segmenter.write(unit);
  }
  segmenter.end();
  return segments;
};

const bytesOf = ({ parts }: Segment) => Buffer.concat(parts.map(({ data }) => data));

/** What ffmpeg says of a transport stream that it decodes as a whole. */
const decode = async (stream: Uint8Array) => {
  const path = join(folder, "stream.ts");
  writeFileSync(path, stream);
  const ffmpeg = await projectFfmpeg();
  const { messages: errors } = await runFfmpeg({
    ffmpeg,
    args: ["-v", "error", "-xerror", "-i", path, "-f", "null", "-"],
  });
  const { messages } = await runFfmpeg({ ffmpeg, args: ["-stats", "-i", path, "-f", "null", "-"] });
  const frames = Number(/.*frame= *(\d+)/s.exec(messages)?.[1]);
  const [, , seconds = ""] = /Duration: (\d+):(\d+):([\d.]+)/.exec(messages) ?? [];
  return { errors, frames, seconds, hasText: messages.includes("timed_id3"), messages };
};

describe("ffmpeg", () => {
  it.each([
    ["without", 0],
    ["with", 2],
  ])(
    "accepts every segment, and all of them on end, of a stream %s pictures that refer forward",
    async (_, bidirectionalFrames) => {
      const segments = cut(readFlv(await smallClip({ bidirectionalFrames })));
      expect(segments.map((segment) => Number(durationOf(segment).toFixed(2)))).toEqual([2, 2, 2, 2, 2, 2]);
      for (const segment of segments) {
        const { errors, frames, hasText } = await decode(bytesOf(segment));
        expect([errors, frames, hasText]).toEqual(["", 60, false]);
      }
      const whole = await decode(Buffer.concat(segments.map(bytesOf)));
      expect([whole.errors, whole.frames]).toEqual(["", 360]);
      expect(whole.messages).toMatch(/Duration: 00:00:12\.0\d, start: 1\.4/);
    },
  );

  it("sees timed metadata in the segment that carries some, and in no other", async () => {
    const segments = cut(readFlv(await smallClip()), { 100: "hello", 130: "again" });
    const seen = await Promise.all(
      segments.slice(0, 4).map(async (segment, index) => {
        const path = join(folder, `${index}.ts`);
        writeFileSync(path, bytesOf(segment));
        const { messages } = await runFfmpeg({
          ffmpeg: await projectFfmpeg(),
          args: ["-i", path, "-c", "copy", "-f", "null", "-"],
        });
        return messages.includes("timed_id3");
      }),
    );
    expect(seen).toEqual([false, true, true, false]);
    const { errors } = await decode(Buffer.concat(segments.map(bytesOf)));
    expect(errors).toBe("");
  });

  it("accepts a stream that was interrupted, went back in time, and had no keyframe for long", async () => {
    const clip = readFlv(await smallClip({ keyframeSeconds: 12 }));
    const late = clip.map((unit) => ("dts" in unit ? { ...unit, dts: unit.dts - 5_000, pts: unit.pts - 5_000 } : unit));
    const segments = cut([...clip, ...late]);
    expect(segments.map(({ discontinuity }) => discontinuity)).toEqual([false, false, true, false]);
    const { errors, frames } = await decode(Buffer.concat(segments.map(bytesOf)));
    expect([errors, frames]).toEqual(["", 720]);
  });

  it("accepts segments on both sides of the moment when the 33-bit clock begins anew", async () => {
    const clip = readFlv(await smallClip());
    const segments: Segment[] = [];
    const long = createSegmenter({ onSegment: (segment) => segments.push(segment) });
    const begin = Math.floor((2 ** 33 / 90 - 7_000) / 9_000) * 9_000;
    // One picture every nine seconds brings the stream to where its clock is about to begin anew.
    const key = clip.find((unit) => unit.kind === "video");
    for (const unit of clip.filter(({ kind }) => kind.endsWith("configuration"))) long.write(unit);
    if (key?.kind !== "video") throw new Error("the clip has no picture");
    for (let dts = 0; dts < begin; dts += 9_000) long.write({ ...key, dts, pts: dts });
    for (const unit of clip) if ("dts" in unit) long.write({ ...unit, dts: unit.dts + begin, pts: unit.pts + begin });
    long.end();
    const last = segments.slice(-6);
    expect(last.map((segment) => Number(durationOf(segment).toFixed(1)))).toEqual([2, 2, 2, 2, 2, 2]);
    const { errors, frames } = await decode(Buffer.concat(last.map(bytesOf)));
    expect([errors, frames]).toEqual(["", 360]);
  });

  it("plays what the origin serves, from the channel's address to the end of the stream", async () => {
    const origin = createOrigin({ authorize: () => ({ allowed: true, session: undefined }) });
    const live = origin.start("arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456");
    const server = createServer((request, response) => void origin.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const clip = readFlv(await smallClip());
    for (const unit of clip) if (!("dts" in unit) || unit.dts < 6_000) live.write(unit);
    const address = `${base}/api/video/v1/us-west-2.111122223333.channel.AbCdEf123456.m3u8`;
    const args = ["-live_start_index", "0", "-i", address, "-stats", "-f", "null", "-"];
    const playing = runFfmpeg({ ffmpeg: await projectFfmpeg(), args });
    // The rest follows while it plays: within the six segments that are listed, whenever it looks.
    const rest = setTimeout(() => {
      for (const unit of clip) if ("dts" in unit && unit.dts >= 6_000) live.write(unit);
      live.end();
    }, 1_500);
    const { messages } = await playing;
    clearTimeout(rest);
    server.close();
    expect(messages).not.toMatch(/error|invalid|corrupt|failed/i);
    expect(Number(/.*frame= *(\d+)/s.exec(messages)?.[1])).toBe(360);
  });
});
