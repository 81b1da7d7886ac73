import { describe, expect, it } from "vitest";
import { createThumbnailer } from "#local/ivs/recording/thumbnails.ts";
import type { RecordingConfiguration } from "#local/ivs/recording-configuration.ts";
import { CHANNEL, configuration, FORMAT, pass, segment, startRecorder, stopTimers } from "./fixture.ts";

stopTimers();

type Thumbnails = RecordingConfiguration["thumbnailConfiguration"];

/** Records a minute; gives the names of the thumbnails, and at which second the picture of each was taken. */
const recordMinute = async (thumbnailConfiguration: Thumbnails) => {
  const started = startRecorder({ makeThumbnail: async (bytes) => bytes.subarray(0, 1) });
  const stream = started.recorder.start(CHANNEL, configuration({ thumbnailConfiguration }), "st-1");
  for (let index = 0; index < 30; index += 1) {
    stream.segment(segment({ fill: index }), FORMAT);
    await pass(2_000);
  }
  stream.end();
  await pass();
  return started
    .paths()
    .flatMap((path) => (path.endsWith(".jpg") ? [[path, (started.find(path)?.body[0] ?? 0) * 2]] : []));
};

describe("thumbnails", () => {
  it("are taken at each interval and numbered", async () => {
    expect(await recordMinute({ recordingMode: "INTERVAL", targetIntervalSeconds: 20 })).toEqual([
      ["media/thumbnails/thumb0.jpg", 0],
      ["media/thumbnails/thumb1.jpg", 20],
      ["media/thumbnails/thumb2.jpg", 40],
    ]);
  });

  it("keep to the interval on the whole where no segment begins just then", async () => {
    const taken = await recordMinute({ recordingMode: "INTERVAL", targetIntervalSeconds: 15, storage: ["SEQUENTIAL"] });
    expect(taken.map(([, second]) => second)).toEqual([0, 16, 30, 46]);
  });

  it("take the picture of each segment where the interval is shorter than one", async () => {
    expect(await recordMinute({ recordingMode: "INTERVAL", targetIntervalSeconds: 1 })).toHaveLength(30);
  });

  it("are taken each minute where no interval is set", async () => {
    expect(await recordMinute({ recordingMode: "INTERVAL" })).toHaveLength(1);
  });

  it("replace each other where only the latest is stored", async () => {
    const taken = await recordMinute({ recordingMode: "INTERVAL", targetIntervalSeconds: 20, storage: ["LATEST"] });
    expect(taken).toEqual([["media/latest_thumbnail/thumb.jpg", 40]]);
  });

  it("are stored in both ways where both are set", async () => {
    const storage = ["SEQUENTIAL", "LATEST"] as const;
    const taken = await recordMinute({ recordingMode: "INTERVAL", targetIntervalSeconds: 40, storage });
    expect(taken).toEqual([
      ["media/thumbnails/thumb0.jpg", 0],
      ["media/latest_thumbnail/thumb.jpg", 40],
      ["media/thumbnails/thumb1.jpg", 40],
    ]);
  });

  it("are not taken where they are disabled", async () => {
    expect(await recordMinute({ recordingMode: "DISABLED" })).toEqual([]);
  });

  it("that cannot be made are told once, and the recording goes on", async () => {
    const { recorder, paths, reports, statuses } = startRecorder({
      makeThumbnail: () => Promise.reject(new Error("there is no ffmpeg")),
    });
    const settings = configuration({ thumbnailConfiguration: { recordingMode: "INTERVAL", targetIntervalSeconds: 1 } });
    const stream = recorder.start(CHANNEL, settings, "st-1");
    for (let index = 0; index < 5; index += 1) {
      stream.segment(segment(), FORMAT);
      await pass(2_000);
    }
    stream.end();
    await pass();
    expect(reports).toEqual(["Thumbnails cannot be made: there is no ffmpeg"]);
    expect(paths().filter((path) => path.endsWith(".jpg"))).toEqual([]);
    expect(statuses()).toEqual(["Recording Start", "Recording End"]);
  });
});

it("makes one thumbnail at a time, and leaves out what would wait behind too many", async () => {
  let running = 0;
  let most = 0;
  const make = async (bytes: Buffer) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 100));
    running -= 1;
    return bytes;
  };
  const thumbnail = createThumbnailer(make, () => undefined);
  const asked = Array.from({ length: 20 }, (_, index) => thumbnail(Buffer.of(index)));
  await pass(2_000);
  const made = (await Promise.all(asked)).filter((jpeg) => jpeg !== undefined);
  expect([most, made.length]).toEqual([1, 8]);
  const later = thumbnail(Buffer.of(1));
  await pass(100);
  expect(await later).toEqual(Buffer.of(1));
});
