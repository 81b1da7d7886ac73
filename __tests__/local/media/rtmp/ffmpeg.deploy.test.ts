import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Limits } from "#local/media/rtmp/limits.ts";
import { type Ingest, startIngest } from "#local/media/rtmp/server.ts";
import type { Authorize, Encoder } from "#local/media/rtmp/session.ts";
import { makeIdentity, toPem } from "#local/tls/certificate.ts";
import { projectFfmpeg, smallClip } from "../fixture/ffmpeg.ts";
import { type Packet, packetsOf, toPacket } from "./fixture/packets.ts";
import { type Push, push } from "./fixture/push.ts";
import { audioOf, type Recorder, record, videoOf } from "./fixture/recorder.ts";

const KEY = "sk_us-west-2_AbCdEf123456_0123456789";
const identity = makeIdentity();
const tls = { key: identity.privateKey, cert: toPem(identity.certificate) };

let ffmpeg = "";
let clip = "";
let folder = "";
let authority = "";
beforeAll(async () => {
  ffmpeg = await projectFfmpeg();
  clip = await smallClip({ seconds: 4, bidirectionalFrames: 2 });
  folder = await mkdtemp(join(tmpdir(), "onair-ingest-"));
  authority = join(folder, "certificate.pem");
  await writeFile(authority, tls.cert);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let ingest: Ingest;
const pushes: Push[] = [];
const lines: string[] = [];
afterEach(async () => {
  for (const { process } of pushes) process.kill("SIGKILL");
  await Promise.all(pushes.splice(0).map(({ ended }) => ended));
  await ingest.close();
  lines.length = 0;
});

const start = async (authorize: Authorize, limits: Partial<Limits> = {}) => {
  ingest = await startIngest({ port: 0, tlsPort: 0, tls, authorize, limits, log: (line) => lines.push(line) });
};
const address = (key = KEY) => `rtmp://127.0.0.1:${ingest.port}/app/${key}`;
const pushTo = (url: string, ...args: readonly string[]): Push => {
  const begun = push(ffmpeg, args, url);
  pushes.push(begun);
  return begun;
};
const copy = (...options: readonly string[]) => [...options, "-i", clip, "-c", "copy"];
/** For as long as the test needs it. */
const forEver = ["-stream_loop", "-1"];
const pictures = "testsrc=size=160x90:rate=10";

const isLive = (recorder: Recorder) => vi.waitFor(() => expect(videoOf(recorder).length).toBeGreaterThan(3), 10_000);

/** The same packets; an encoder may begin its clock elsewhere. */
const expectSame = (received: readonly Packet[], sent: readonly Packet[]) => {
  const contents = (packets: readonly Packet[]) => packets.map(({ md5, bytes }) => ({ md5, bytes }));
  expect(contents(received)).toEqual(contents(sent));
  const shift = (received[0]?.dts ?? 0) - (sent[0]?.dts ?? 0);
  const times = (packets: readonly Packet[], by: number) => packets.map(({ dts, pts }) => [dts + by, pts + by]);
  expect(times(received, 0)).toEqual(times(sent, shift));
};

describe("ffmpeg", () => {
  it("has every picture and sound that it sends by RTMP received, with its times", async () => {
    const recorder = record();
    await start(() => ({ accepted: recorder }));
    const { code } = await pushTo(address(), ...copy()).ended;
    expect(code).toBe(0);
    expect(recorder.ends).toEqual([{ code: "INGEST_UNPUBLISHED", message: "the encoder ended the stream" }]);
    expectSame(videoOf(recorder).map(toPacket), await packetsOf(ffmpeg, clip, "v"));
    expectSame(audioOf(recorder).map(toPacket), await packetsOf(ffmpeg, clip, "a"));
    expect(videoOf(recorder).some(({ dts, pts }) => pts > dts)).toBe(true);
    expect(recorder.units[0]).toMatchObject({ configuration: { width: 320, height: 180, frameRate: 30 } });
    expect(recorder.described[0]).toMatchObject({ width: 320, height: 180, videocodecid: 7, audiocodecid: 10 });
  });

  it("sends by RTMPS, and checks the certificate that it was given", async () => {
    const recorder = record();
    const asked: Pick<Encoder, "secure">[] = [];
    await start((_, { secure }) => {
      asked.push({ secure });
      return { accepted: recorder };
    });
    const url = `rtmps://127.0.0.1:${ingest.tlsPort}/app/${KEY}?bandwidthtest=false`;
    const { code, said } = await pushTo(url, ...copy(), "-t", "1", "-ca_file", authority).ended;
    expect({ code, said }).toEqual({ code: 0, said: "" });
    expect(asked).toEqual([{ secure: true }]);
    expect(videoOf(recorder).length).toBeGreaterThan(25);
  });

  it("is told that its key is unknown", async () => {
    await start(() => ({ refused: "there is no such stream key" }));
    const { code, said } = await pushTo(address(), ...copy()).ended;
    expect(code).not.toBe(0);
    expect(said).toContain("Server error: INGEST_REFUSED: stream key …6789: there is no such stream key");
  });

  it("is told that its address is wrong", async () => {
    await start(() => ({ accepted: record() }));
    const { said } = await pushTo(address().replace("/app/", "/live/"), ...copy()).ended;
    expect(said).toContain("INGEST_REFUSED: the address must be rtmp(s)://host:port/app/<stream key>");
  });

  const tone = ["-f", "lavfi", "-i", "sine=sample_rate=44100"];
  const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];
  it.each([
    [
      "HEVC",
      ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-c:a", "aac"],
      "video must be H.264: HEVC in enhanced RTMP",
    ],
    ["MP3", [...h264, "-c:a", "libmp3lame"], "audio must be AAC: MP3"],
    [
      "full colour",
      ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p", "-c:a", "aac"],
      "video must be H.264 of Baseline, Main or High profile (8 bit, 4:2:0): High 4:4:4 Predictive",
    ],
  ])("is told that %s is not taken, and so is who takes the stream", async (_, args, message) => {
    const recorder = record();
    await start(() => ({ accepted: recorder }));
    const { code, said } = await pushTo(address(), "-f", "lavfi", "-i", pictures, ...tone, ...args).ended;
    expect(code).not.toBe(0);
    expect(said).toContain(`Server error: INGEST_CODEC: ${message}`);
    expect(recorder.ends).toEqual([{ code: "INGEST_CODEC", message }]);
    expect(lines.at(-1)).toMatch(/^127\.0\.0\.1:\d+: INGEST_CODEC: /);
  });

  it("ends when its stream is stopped, and says why", async () => {
    const recorder = record();
    let encoder: Encoder | undefined;
    await start((_, asking) => {
      encoder = asking;
      return { accepted: recorder };
    });
    const { ended } = pushTo(address(), ...copy(...forEver));
    await isLive(recorder);
    encoder?.disconnect("the stream was stopped");
    const { code, said } = await ended;
    expect(code).not.toBe(0);
    expect(said).toContain("Server error: INGEST_DISCONNECTED: the stream was stopped");
    expect(recorder.ends).toEqual([{ code: "INGEST_DISCONNECTED", message: "the stream was stopped" }]);
  });

  it("is lost at once when it is killed, and may come back", async () => {
    const recorders = [record(), record()];
    const left = [...recorders];
    await start(() => ({ accepted: left.shift() ?? record() }));
    const [first, second] = recorders;
    if (!first || !second) throw new Error("two recorders");
    const { process } = pushTo(address(), ...copy(...forEver));
    await isLive(first);
    process.kill("SIGKILL");
    expect(await first.ended).toMatchObject({ code: "INGEST_LOST" });
    pushTo(address(), ...copy(...forEver));
    await isLive(second);
  });

  it("ends its stream in good order when it is interrupted", async () => {
    const recorder = record();
    await start(() => ({ accepted: recorder }));
    const { process } = pushTo(address(), ...copy(...forEver));
    await isLive(recorder);
    process.kill("SIGINT");
    expect(await recorder.ended).toMatchObject({ code: "INGEST_UNPUBLISHED" });
  });

  it("counts as gone when it hangs", async () => {
    const recorder = record();
    await start(() => ({ accepted: recorder }), { idleMilliseconds: 1_000 });
    const { process } = pushTo(address(), ...copy(...forEver));
    await isLive(recorder);
    process.kill("SIGSTOP");
    expect(await recorder.ended).toEqual({ code: "INGEST_IDLE", message: "nothing came for 1 s" });
  });

  it("goes on while a second one on its key is refused", async () => {
    const recorder = record();
    let isTaken = false;
    await start(() => {
      if (isTaken) return { refused: "the channel is live already" };
      isTaken = true;
      return { accepted: recorder };
    });
    pushTo(address(), ...copy(...forEver));
    await isLive(recorder);
    const { said } = await pushTo(address(), ...copy()).ended;
    expect(said).toContain("the channel is live already");
    const before = videoOf(recorder).length;
    await vi.waitFor(() => expect(videoOf(recorder).length).toBeGreaterThan(before + 10), 10_000);
    expect(recorder.ends).toEqual([]);
  });
});
