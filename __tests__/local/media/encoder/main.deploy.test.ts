import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Order } from "#local/media/encoder/order.ts";
import { runFfmpeg } from "#local/media/ffmpeg/run.ts";
import { type Ingest, startIngest } from "#local/media/rtmp/server.ts";
import type { Authorize, Encoder } from "#local/media/rtmp/session.ts";
import { makeIdentity, toPem } from "#local/tls/certificate.ts";
import { descendantsOf, isRunning } from "../../fixture/processes.ts";
import { projectFfmpeg, smallClip } from "../fixture/ffmpeg.ts";
import { packetsOf, toPacket } from "../rtmp/fixture/packets.ts";
import { audioOf, type Recorder, record, videoOf } from "../rtmp/fixture/recorder.ts";
import { type EncoderProcess, startEncoder } from "./fixture/encoder-process.ts";

const KEY = "sk_us-west-2_AbCdEf123456_0123456789";
const identity = makeIdentity();
const tls = { key: identity.privateKey, cert: toPem(identity.certificate) };

let folder = "";
let clip = "";
let certificate = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "onair-encoder-"));
  clip = await smallClip({ seconds: 4, bidirectionalFrames: 2 });
  certificate = join(folder, "certificate.pem");
  await writeFile(certificate, tls.cert);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let ingest: Ingest;
let recorder: Recorder;
let encoders: EncoderProcess[] = [];
const asked: Encoder[] = [];
const lines: string[] = [];
const listen = async (authorize: Authorize) => {
  ingest = await startIngest({ port: 0, tlsPort: 0, tls, authorize, log: (line) => lines.push(line) });
};
beforeEach(async () => {
  recorder = record();
  encoders = [];
  asked.length = lines.length = 0;
  await listen((streamKey, encoder) => {
    asked.push(encoder);
    return streamKey === KEY ? { accepted: recorder } : { refused: "there is no such stream key" };
  });
});
afterEach(async () => {
  for (const { child } of encoders) child.kill("SIGKILL");
  await Promise.all(encoders.map(({ ended }) => ended));
  await ingest.close();
});

const start = (order: Partial<Order> = {}): EncoderProcess => {
  const url = `rtmp://127.0.0.1:${ingest.port}/app`;
  const started = startEncoder({ url, streamKey: KEY, file: clip, ...order });
  encoders.push(started);
  return started;
};
const receives = (count: number) =>
  vi.waitFor(() => expect(videoOf(recorder).length).toBeGreaterThan(count), { timeout: 20_000, interval: 50 });
const areGone = (pids: readonly number[]) => vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), 5_000);
const everyArgument = () => execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });

describe("the encoder", () => {
  it("sends each picture and sound of a file as it is, then begins it again, until its standard input closes", async () => {
    const encoder = start();
    await receives(4 * 30 + 20);
    expect(everyArgument()).not.toContain("AbCdEf123456");
    expect(everyArgument()).toContain("media/encoder/main.ts");
    const children = [...descendantsOf(Number(encoder.child.pid))];
    expect(children.length).toBeGreaterThan(0);
    encoder.child.stdin?.end();
    expect(await encoder.ended).toBe(0);
    expect(recorder.ends).toEqual([{ code: "INGEST_UNPUBLISHED", message: "the encoder ended the stream" }]);
    expect(encoder.events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(["source", "published", "progress", "ended"]),
    );
    expect(encoder.events.at(-1)).toMatchObject({ event: "ended", bytes: expect.any(Number) });
    expect(encoder.said()).not.toContain("AbCdEf123456");
    await areGone(children);

    const ffmpeg = await projectFfmpeg();
    const sent = await packetsOf(ffmpeg, clip, "v");
    const contents = videoOf(recorder).slice(0, sent.length).map(toPacket);
    expect(contents.map(({ md5 }) => md5)).toEqual(sent.map(({ md5 }) => md5));
    const heard = await packetsOf(ffmpeg, clip, "a");
    expect(
      audioOf(recorder)
        .slice(0, heard.length)
        .map((unit) => toPacket(unit).md5),
    ).toEqual(heard.map(({ md5 }) => md5));
    const times = videoOf(recorder).map(({ dts }) => dts);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(recorder.described[0]).toMatchObject({ width: 320, height: 180, videocodecid: 7, audiocodecid: 10 });
  });

  it("tells once a second what it has sent, and how fast", async () => {
    const encoder = start();
    const progress = () => encoder.events.filter(({ event }) => event === "progress");
    await expect.poll(() => progress().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
    const told = progress();
    expect(told.at(-1)).toMatchObject({ seconds: expect.any(Number), kilobits: expect.any(Number) });
    expect((told.at(-1) as { seconds: number }).seconds).toBeGreaterThan(1);
  });

  it("sends the test clip where it is given no file", async () => {
    const { child, told } = start({ file: undefined });
    expect((await told("source")).args.join(" ")).toMatch(/^-re -stream_loop -1 -i \S+test-clip-\w+\.flv -c copy/);
    await receives(10);
    child.kill("SIGINT");
    expect((await recorder.ended).code).toBe("INGEST_UNPUBLISHED");
  });

  it("sends by RTMPS, and believes the given certificate only", async () => {
    const url = `rtmps://127.0.0.1:${ingest.tlsPort}/app/`;
    start({ url, certificate });
    await receives(10);
    expect(asked.map(({ secure }) => secure)).toEqual([true]);
    const other = start({ url });
    expect(await other.told("lost")).toEqual({
      event: "lost",
      reason: "DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate",
    });
    expect(await other.ended).toBe(1);
    expect(asked).toHaveLength(1);
  });

  it("tells the server's reason where its key is refused", async () => {
    const encoder = start({ streamKey: "sk_us-west-2_Unknown12345_0123456789" });
    const reason = "INGEST_REFUSED: stream key …6789: there is no such stream key";
    expect(await encoder.told("refused")).toEqual({ event: "refused", reason });
    expect(await encoder.ended).toBe(1);
    expect(encoder.said()).not.toContain("Unknown12345");
  });

  it("masks its key even where the server repeats it", async () => {
    await ingest.close();
    await listen((streamKey) => ({ refused: `no ${streamKey.slice(0, -1)}9 here` }));
    const encoder = start();
    await encoder.told("refused");
    expect(encoder.said()).not.toContain("AbCdEf123456");
  });

  it("tells why it was disconnected", async () => {
    const encoder = start();
    await receives(3);
    asked[0]?.disconnect("the stream was stopped");
    expect(await encoder.told("lost")).toEqual({
      event: "lost",
      reason: "INGEST_DISCONNECTED: the stream was stopped",
    });
    expect(await encoder.ended).toBe(1);
  });

  it("tells that nobody listens", async () => {
    const { port } = ingest;
    await ingest.close();
    const encoder = startEncoder({ url: `rtmp://127.0.0.1:${port}/app`, streamKey: KEY, file: clip });
    expect((await encoder.told("lost")).reason).toContain("ECONNREFUSED");
    expect(await encoder.ended).toBe(1);
  });

  it("leaves no ffmpeg behind when it is killed", async () => {
    const { child } = start();
    await receives(3);
    const children = [...descendantsOf(Number(child.pid))];
    child.kill("SIGKILL");
    expect((await recorder.ended).code).toBe("INGEST_LOST");
    await areGone(children);
  });

  it("encodes a file that the service would not take as it is", async () => {
    const file = join(folder, "other.mkv");
    const picture = ["-f", "lavfi", "-i", "testsrc=size=160x90:rate=10:duration=2"];
    const sound = ["-f", "lavfi", "-i", "sine=sample_rate=44100:duration=2"];
    const codecs = ["-c:v", "mpeg4", "-c:a", "libmp3lame"];
    await runFfmpeg({ ffmpeg: await projectFfmpeg(), args: ["-y", ...picture, ...sound, ...codecs, file] });
    start({ file });
    await receives(5);
    expect(recorder.described[0]).toMatchObject({ videocodecid: 7, audiocodecid: 10 });
  });

  it("copies H.264 and AAC out of an MP4", async () => {
    const file = join(folder, "clip.mp4");
    await runFfmpeg({ ffmpeg: await projectFfmpeg(), args: ["-y", "-i", clip, "-c", "copy", file] });
    const { told } = start({ file });
    expect((await told("source")).args.join(" ")).toContain("-c:v copy -c:a copy");
    await receives(10);
  });

  it.each([
    ["is not there", "nothing.mp4", /No such file or directory/],
    ["is no video", "words.mp4", /Invalid data found|moov atom not found/],
    ["has sound only", "sound.wav", /sound\.wav has no video$/],
  ])("refuses a file that %s", async (_, name, reason) => {
    const file = join(folder, name);
    if (name === "words.mp4") await writeFile(file, "words ".repeat(1000));
    const args = ["-y", "-f", "lavfi", "-i", "sine=duration=1", file];
    if (name === "sound.wav") await runFfmpeg({ ffmpeg: await projectFfmpeg(), args });
    const encoder = start({ file });
    expect((await encoder.told("unusable")).reason).toMatch(reason);
    expect(await encoder.ended).toBe(1);
    expect(asked).toEqual([]);
  });

  it("refuses an order that it cannot carry out, without repeating it", async () => {
    const encoder = startEncoder(JSON.stringify({ url: "http://x/app", streamKey: KEY, folder }));
    expect(await encoder.ended).toBe(2);
    expect(encoder.said()).toBe("the order's url must begin with rtmp:// or rtmps:// and name an application\n");
  });
});
