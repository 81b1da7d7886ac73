import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FfmpegFailure, runFfmpeg } from "#local/media/ffmpeg/run.ts";
import { testClip } from "#local/media/ffmpeg/test-clip.ts";
import { projectFfmpeg } from "../fixture/ffmpeg.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onair-clip-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("ffmpeg", () => {
  it("has what encoding and sending needs", async () => {
    const ffmpeg = await projectFfmpeg();
    const { output: encoders } = await runFfmpeg({ ffmpeg, args: ["-encoders"] });
    expect(encoders.toString()).toMatch(/ libx264 /);
    expect(encoders.toString()).toMatch(/ aac /);
    const { output: protocols } = await runFfmpeg({ ffmpeg, args: ["-protocols"] });
    expect(protocols.toString()).toMatch(/^ {2}rtmp$/m);
    expect(protocols.toString()).toMatch(/^ {2}rtmps$/m);
  });

  it("fails with what it said", async () => {
    const running = runFfmpeg({
      ffmpeg: await projectFfmpeg(),
      args: ["-v", "error", "-i", join(folder, "absent.flv")],
    });
    await expect(running).rejects.toThrow(FfmpegFailure);
    await expect(running).rejects.toThrow(/^ffmpeg ended with \d+: .*No such file or directory/s);
  });
});

describe("the test clip", () => {
  const make = async (seconds = 4) =>
    testClip({ ffmpeg: await projectFfmpeg(), folder: join(folder, "clips"), width: 160, height: 90, seconds });

  it("is made once for its settings, and leaves nothing half made", async () => {
    const path = await make();
    const { mtimeMs } = statSync(path);
    expect(await make()).toBe(path);
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
    expect(await make(2)).not.toBe(path);
    expect(readdirSync(join(folder, "clips"))).toHaveLength(2);
  });

  it("is H.264 main and AAC with a keyframe every two seconds, and decodes without a complaint, looped too", async () => {
    const ffmpeg = await projectFfmpeg();
    const args = ["-stream_loop", "1", "-i", await make(), "-vf", "showinfo", "-f", "null", "-"];
    const { messages } = await runFfmpeg({ ffmpeg, args });
    expect(messages).toMatch(/Video: h264 \(Main\).*160x90/);
    expect(messages).toMatch(/Audio: aac \(LC\), 48000 Hz, stereo/);
    expect(messages).not.toMatch(/error|invalid|corrupt/i);
    const keyframes = messages.matchAll(/pts_time:(\S+) .*iskey:1/g);
    expect([...keyframes].map(([, time]) => Math.round(Number(time)))).toEqual([0, 2, 4, 6]);
  });
});
