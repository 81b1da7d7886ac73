import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ObjectStore } from "#local/ivs/recording/object-store.ts";
import type { Recorder } from "#local/ivs/recording/recorder.ts";
import { thumbnailMaker, thumbnailOf } from "#local/ivs/recording/thumbnail.ts";
import { runFfmpeg } from "#local/media/ffmpeg/run.ts";
import { createOrigin, type Origin } from "#local/media/origin/origin.ts";
import type { Publication } from "#local/media/publication.ts";
import { type Ingest, startIngest } from "#local/media/rtmp/server.ts";
import { PROJECT_VENV } from "../../../support/deployed.ts";
import { projectFfmpeg, smallClip } from "../../media/fixture/ffmpeg.ts";
import { push } from "../../media/rtmp/fixture/push.ts";
import { CHANNEL, configuration, startRecorder } from "./fixture.ts";

const KEY = "sk_us-west-2_AbCdEf123456_0123456789";
const SETTINGS = configuration({
  recordingReconnectWindowSeconds: 20,
  thumbnailConfiguration: { recordingMode: "INTERVAL", targetIntervalSeconds: 2, storage: ["SEQUENTIAL", "LATEST"] },
});

let ffmpeg = "";
beforeAll(async () => {
  ffmpeg = await projectFfmpeg();
});

let folder = "";
let ingest: Ingest | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onair-recording-"));
});
afterEach(async () => {
  await ingest?.close();
  rmSync(folder, { recursive: true });
});

/** A bucket that is a folder. */
const folderStore: ObjectStore = {
  async put(_, { key, body }) {
    const path = join(folder, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body);
  },
};

const thumbnails = thumbnailMaker({ folder: dirname(PROJECT_VENV), report: () => undefined });
const startFolderRecorder = () => startRecorder({ objects: folderStore, makeThumbnail: thumbnails });

/** What an encoder's stream goes through, from the ingest to the recorder. */
const publish = (origin: Origin, recorder: Recorder, streamId: string): Publication => {
  const recording = recorder.start(CHANNEL, SETTINGS, streamId);
  const live = origin.start(CHANNEL.arn, { onSegment: recording.segment });
  return {
    metadata: () => undefined,
    media: live.write,
    end: () => {
      live.end();
      recording.end();
    },
  };
};

/** Sends the clips one after the other, each as a stream of its own, and records them. */
const record = async (recorder: Recorder, clips: readonly string[]) => {
  const origin = createOrigin({ authorize: () => ({ allowed: true, session: undefined }) });
  let streams = 0;
  const authorize = () => {
    streams += 1;
    return { accepted: publish(origin, recorder, `st-${streams}`) };
  };
  ingest = await startIngest({ port: 0, authorize, log: () => undefined });
  for (const clip of clips) {
    const { code } = await push(ffmpeg, ["-i", clip, "-c", "copy"], `rtmp://127.0.0.1:${ingest.port}/app/${KEY}`).ended;
    expect(code).toBe(0);
  }
  await vi.waitFor(() => expect(ingest?.connections).toBe(0), 5_000);
  await recorder.stop();
};

/** Decodes all that an address names; the errors, and the pictures. */
const decode = async (path: string, ...options: readonly string[]) => {
  const { messages: errors } = await runFfmpeg({
    ffmpeg,
    args: ["-v", "error", "-xerror", ...options, "-i", path, "-f", "null", "-"],
  });
  const { messages } = await runFfmpeg({ ffmpeg, args: ["-stats", ...options, "-i", path, "-f", "null", "-"] });
  return { errors, frames: Number(/.*frame= *(\d+)/s.exec(messages)?.[1]), messages };
};

const isJpegOf = async (path: string, size: string) => {
  const { messages } = await decode(path);
  expect(messages).toMatch(new RegExp(`Video: mjpeg.*${size}`));
};

describe("ffmpeg", () => {
  let clip = "";
  beforeAll(async () => {
    clip = await smallClip({ seconds: 6, bidirectionalFrames: 2 });
  });

  it("plays a recording of what it sent, whole, by file and by byte range, with its thumbnails", async () => {
    const { recorder, statuses, events, reports } = startFolderRecorder();
    await record(recorder, [clip]);
    expect([statuses(), reports]).toEqual([["Recording Start", "Recording End"], []]);
    const { recording_s3_key_prefix: prefix, recording_duration_ms: duration } = events[1]?.detail ?? {};
    const base = join(folder, String(prefix));
    expect(Math.abs(Number(duration) - 6_000)).toBeLessThan(50);
    const ended = JSON.parse(readFileSync(join(base, "events/recording-ended.json"), "utf8"));
    const { hls } = ended.media;
    const [rendition] = hls.renditions;
    expect([rendition.path, rendition.resolution_width, hls.duration_ms]).toEqual(["180p30", 320, duration]);

    for (const playlist of [hls.playlist, hls.byte_range_playlist]) {
      const whole = await decode(join(base, hls.path, playlist));
      expect([whole.errors, whole.frames]).toEqual(["", 180]);
    }
    const media = join(base, hls.path, rendition.path);
    const files = readdirSync(media).filter((name) => name.endsWith(".ts"));
    const decoded = await Promise.all(files.map((name) => decode(join(media, name))));
    expect(decoded.map(({ errors }) => errors)).toEqual(files.map(() => ""));
    expect(decoded.reduce((sum, { frames }) => sum + frames, 0)).toBe(180);

    const sequential = join(base, ended.media.thumbnails.path);
    expect(readdirSync(sequential).sort()).toEqual(["thumb0.jpg", "thumb1.jpg", "thumb2.jpg"]);
    await isJpegOf(join(sequential, "thumb1.jpg"), "320x180");
    const latest = readFileSync(join(base, ended.media.latest_thumbnail.path));
    expect(latest.equals(readFileSync(join(sequential, "thumb2.jpg")))).toBe(true);
  });

  it("plays a recording of two streams that were merged", async () => {
    const { recorder, statuses, events } = startFolderRecorder();
    await record(recorder, [clip, clip]);
    expect(statuses()).toEqual(["Recording Start", "Recording End"]);
    const { recording_s3_key_prefix: prefix, recording_session_stream_ids: streams } = events[1]?.detail ?? {};
    expect(streams).toEqual(["st-1", "st-2"]);
    const hls = join(folder, String(prefix), "media/hls");
    expect(readFileSync(join(hls, "180p30/playlist.m3u8"), "utf8").match(/#EXT-X-DISCONTINUITY$/gm)).toHaveLength(1);
    // Each by itself: ffmpeg closes the gap for both by the picture, and the sound is some milliseconds longer.
    const pictures = await decode(join(hls, "master.m3u8"), "-an");
    expect([pictures.errors, pictures.frames]).toEqual(["", 360]);
    const { errors } = await decode(join(hls, "master.m3u8"), "-vn");
    expect(errors).toBe("");
  });
});

it("a thumbnail cannot be made of bytes without a picture", async () => {
  await expect(thumbnailOf(ffmpeg, Buffer.alloc(188 * 10, 0x47))).rejects.toThrow(/ffmpeg/);
});
