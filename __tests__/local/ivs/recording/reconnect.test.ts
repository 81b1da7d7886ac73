import { describe, expect, it, vi } from "vitest";
import type { StreamRecording } from "#local/ivs/recording/recorder.ts";
import { LARGER_VIDEO } from "../../media/fixture/units.ts";
import {
  CHANNEL,
  configuration,
  FORMAT,
  type Made,
  pass,
  START,
  segment,
  startRecorder,
  stopTimers,
} from "./fixture.ts";

stopTimers();

const SETTINGS = configuration({ recordingReconnectWindowSeconds: 30 });

/** A stream that ends after two segments. */
const shortStream = async (stream: StreamRecording, format = FORMAT, made: Made = {}) => {
  for (let index = 0; index < 2; index += 1) {
    stream.segment(segment(made), format);
    await pass(2_000);
  }
  stream.end();
  await pass();
};

const begin = async () => {
  const started = startRecorder();
  await shortStream(started.recorder.start(CHANNEL, SETTINGS, "st-1"));
  const next = (id = "st-2", settings = SETTINGS) => started.recorder.start(CHANNEL, settings, id);
  const prefixes = () => new Set([...started.objects.keys()].map((key) => key.split("/")[9]));
  return { ...started, next, prefixes };
};

describe("a reconnect window", () => {
  it("delays the end by itself, to the millisecond", async () => {
    const { statuses, events, paths, text } = await begin();
    await pass(29_999);
    expect(statuses()).toEqual(["Recording Start"]);
    expect(paths()).not.toContain("events/recording-ended.json");
    expect(text("media/hls/180p30/playlist.m3u8")).toContain("1.ts");
    await pass(1);
    expect(statuses()).toEqual(["Recording Start", "Recording End"]);
    expect(events[1]).toMatchObject({ time: START + 34_000, detail: { recording_duration_ms: 4_000 } });
  });

  it("is as long as it is when the clock is put back", async () => {
    const { next, statuses } = await begin();
    await pass(10_000);
    const empty = next();
    vi.setSystemTime(START - 3_600_000);
    empty.end();
    await pass(20_000);
    expect(statuses()).toEqual(["Recording Start", "Recording End"]);
  });

  it("lets a stream go on in the recording, after a discontinuity, with one start and one end", async () => {
    const { next, statuses, events, text, prefixes, json } = await begin();
    await pass(20_000);
    await shortStream(next());
    await pass(29_999);
    expect(statuses()).toEqual(["Recording Start"]);
    await pass(1);
    expect(statuses()).toEqual(["Recording Start", "Recording End"]);
    expect(events[1]?.detail).toMatchObject({
      stream_id: "st-2",
      recording_session_id: events[0]?.detail.recording_session_id,
      recording_session_stream_ids: ["st-1", "st-2"],
      recording_duration_ms: 8_000,
    });
    expect(prefixes().size).toBe(1);
    expect(json("events/recording-ended.json")).toMatchObject({ media: { hls: { duration_ms: 8_000 } } });
    const lines = text("media/hls/180p30/playlist.m3u8").split("\n");
    const times = lines.filter((line) => /DISCONTINUITY|DATE-TIME|EXTINF|ts$|ENDLIST/.test(line));
    expect(times).toEqual([
      "#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:05.678Z",
      "#EXTINF:2.000,",
      "0.ts",
      "#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:07.678Z",
      "#EXTINF:2.000,",
      "1.ts",
      "#EXT-X-DISCONTINUITY",
      "#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:29.678Z",
      "#EXTINF:4.000,",
      "2.ts",
      "#EXT-X-ENDLIST",
    ]);
  });

  it("holds for a stream that begins in time, however late its first segment comes", async () => {
    const { next, statuses, prefixes } = await begin();
    await pass(29_999);
    const stream = next();
    await pass(10_000);
    expect(statuses()).toEqual(["Recording Start"]);
    await shortStream(stream);
    expect(prefixes().size).toBe(1);
  });

  it("goes on as if nothing had been where that stream ends without a segment", async () => {
    const { next, statuses } = await begin();
    await pass(10_000);
    next().end();
    await pass(19_999);
    expect(statuses()).toEqual(["Recording Start"]);
    await pass(1);
    expect(statuses()).toEqual(["Recording Start", "Recording End"]);
  });

  it("is over at once where such a stream outlasts it", async () => {
    const { next, statuses } = await begin();
    const stream = next();
    await pass(40_000);
    stream.end();
    await pass();
    expect(statuses()).toEqual(["Recording Start", "Recording End"]);
  });

  it("that has passed leaves the next stream a recording of its own", async () => {
    const { next, statuses, prefixes } = await begin();
    await pass(30_000);
    await shortStream(next());
    expect(statuses()).toEqual(["Recording Start", "Recording End", "Recording Start"]);
    expect(prefixes().size).toBe(2);
  });

  it("ends the recording when a stream of another size begins, and begins another", async () => {
    const { next, statuses, events, prefixes, paths } = await begin();
    await shortStream(next(), { ...FORMAT, video: LARGER_VIDEO });
    expect(statuses().sort()).toEqual(["Recording End", "Recording Start", "Recording Start"]);
    const [first, ...others] = events.map(({ detail }) => detail.recording_session_id);
    expect(new Set(others)).toContain(first);
    expect(prefixes().size).toBe(2);
    expect(paths()).toContain("media/hls/360p30/playlist.m3u8");
  });

  it("keeps streams of different recording configurations apart", async () => {
    const { next, prefixes } = await begin();
    await shortStream(next("st-2", { ...SETTINGS, arn: `${SETTINGS.arn}2` }));
    expect(prefixes().size).toBe(2);
  });

  it("lets 20 streams into a recording; the next one has its own", async () => {
    const { next, events, statuses } = await begin();
    for (let count = 2; count <= 21; count += 1) await shortStream(next(`st-${count}`));
    expect(statuses().sort()).toEqual(["Recording End", "Recording Start", "Recording Start"]);
    const ended = events.find(({ detail }) => detail.recording_status === "Recording End");
    expect(ended?.detail.recording_session_stream_ids).toHaveLength(20);
  });

  it("does not wait when the cloud stops: all is put and closed", async () => {
    const { recorder, statuses, rows, text } = await begin();
    const { arn, ...rest } = CHANNEL;
    const live = recorder.start({ ...rest, arn: `${arn}2` }, SETTINGS, "st-9");
    for (let index = 0; index < 3; index += 1) live.segment(segment(), FORMAT);
    await recorder.stop();
    expect(statuses().sort()).toEqual(["Recording End", "Recording End", "Recording Start", "Recording Start"]);
    expect(rows()).toEqual([]);
    expect(text("media/hls/180p30/playlist.m3u8")).toContain("#EXTINF:4.000,\n1.ts\n#EXT-X-ENDLIST");
    live.segment(segment(), FORMAT);
    live.end();
    await pass(60_000);
    expect(statuses()).toHaveLength(4);
  });

  it("that expires just as the cloud stops ends the recording once", async () => {
    const { recorder, store, statuses } = await begin();
    const { put } = store;
    store.put = async (...args) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await put(...args);
    };
    await pass(30_000);
    const stopped = recorder.stop();
    await pass(5_000);
    await stopped;
    expect(statuses()).toEqual(["Recording Start", "Recording End"]);
  });
});
