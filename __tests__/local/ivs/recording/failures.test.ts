import { describe, expect, it } from "vitest";
import {
  BUCKET,
  CHANNEL,
  channelNamed,
  configuration,
  FORMAT,
  pass,
  s3Error,
  segment,
  startRecorder,
  stopTimers,
} from "./fixture.ts";

stopTimers();

/** Longer than all attempts to put one object. */
const GIVEN_UP = 5_000;
const gone = () => s3Error("NoSuchBucket");

describe("a bucket that is not there when the stream begins", () => {
  it("is told as a failure to start, without a prefix, and the stream goes on", async () => {
    const { recorder, store, events, reports, rows, objects } = startRecorder();
    store.refuse = gone;
    const stream = recorder.start(CHANNEL, configuration(), "st-1");
    for (let index = 0; index < 5; index += 1) {
      stream.segment(segment(), FORMAT);
      await pass(2_000);
    }
    store.refuse = () => undefined;
    stream.segment(segment(), FORMAT);
    stream.end();
    await pass(GIVEN_UP);
    expect(events.map(({ detail }) => detail)).toEqual([
      {
        channel_name: "alice",
        stream_id: "st-1",
        recording_status: "Recording Start Failure",
        recording_status_reason: "ValidationException",
        recording_s3_bucket_name: BUCKET,
        recording_s3_key_prefix: "",
        recording_duration_ms: 0,
        recording_session_id: expect.stringMatching(/^[A-Za-z0-9]{12}$/),
        recording_session_stream_ids: ["st-1"],
      },
    ]);
    expect(reports).toEqual([
      `The recording of ${CHANNEL.arn} to the bucket ${BUCKET} failed: NoSuchBucket: S3 said NoSuchBucket`,
    ]);
    expect([rows(), objects.size]).toEqual([[], 0]);
  });

  it("does not keep the next stream from being recorded", async () => {
    const { recorder, store, statuses } = startRecorder();
    const settings = configuration({ recordingReconnectWindowSeconds: 300 });
    store.refuse = gone;
    const first = recorder.start(CHANNEL, settings, "st-1");
    first.segment(segment(), FORMAT);
    await pass(GIVEN_UP);
    first.end();
    store.refuse = () => undefined;
    recorder.start(CHANNEL, settings, "st-2").segment(segment(), FORMAT);
    await pass();
    expect(statuses()).toEqual(["Recording Start Failure", "Recording Start"]);
  });

  it("is told at once where the configuration could not be created, as for a bucket of another region", async () => {
    const { recorder, statuses, objects } = startRecorder();
    const failed = configuration({ settling: { before: "CREATING", after: "CREATE_FAILED", at: 0 } });
    const stream = recorder.start(CHANNEL, failed, "st-1");
    stream.segment(segment(), FORMAT);
    stream.segment(segment(), FORMAT);
    stream.end();
    await pass();
    expect([statuses(), objects.size]).toEqual([["Recording Start Failure"], 0]);
  });
});

describe("a bucket that fails while a stream is recorded", () => {
  const begin = async () => {
    const started = startRecorder();
    const stream = started.recorder.start(CHANNEL, configuration(), "st-1");
    stream.segment(segment(), FORMAT);
    await pass();
    /** Enough for a second file. */
    const sendMore = () => {
      for (let index = 0; index < 6; index += 1) stream.segment(segment(), FORMAT);
    };
    return { ...started, stream, sendMore };
  };

  it("is asked again a few times, and nothing is lost", async () => {
    const { store, stream, sendMore, statuses, text, reports } = await begin();
    let failures = 3;
    store.refuse = () => (failures-- > 0 ? s3Error("SlowDown") : undefined);
    sendMore();
    await pass(GIVEN_UP);
    stream.end();
    await pass();
    expect(statuses()).toEqual(["Recording Start", "Recording End"]);
    expect(text("media/hls/180p30/playlist.m3u8").match(/EXTINF:[\d.]+/g)).toEqual([
      "EXTINF:2.000",
      "EXTINF:10.000",
      "EXTINF:2.000",
    ]);
    expect(reports).toEqual([]);
  });

  it("ends the recording with a failure, told with what stands in the bucket", async () => {
    const { store, stream, sendMore, events, statuses, rows, reports } = await begin();
    store.refuse = gone;
    sendMore();
    await pass(2 * GIVEN_UP);
    expect(statuses()).toEqual(["Recording Start", "Recording End Failure"]);
    expect(events[1]?.detail).toMatchObject({
      recording_status_reason: "InternalServerException",
      recording_s3_key_prefix: events[0]?.detail.recording_s3_key_prefix,
      recording_duration_ms: 2_000,
    });
    expect(reports).toEqual([
      `The recording of ${CHANNEL.arn} to the bucket ${BUCKET} failed: NoSuchBucket: S3 said NoSuchBucket`,
    ]);
    stream.segment(segment(), FORMAT);
    stream.end();
    await pass(2 * GIVEN_UP);
    expect(statuses()).toHaveLength(2);
    expect(rows()).toEqual([]);
  });

  it("gets the metadata of the failure, and playlists that have ended, where it takes them", async () => {
    const { store, sendMore, json, text } = await begin();
    store.refuse = (key) => (key.endsWith(".ts") ? s3Error("AccessDenied") : undefined);
    sendMore();
    await pass(GIVEN_UP);
    expect(json("events/recording-failed.json")).toMatchObject({
      recording_status: "RECORDING_ENDED_WITH_FAILURE",
      recording_status_message: "InternalServerException",
      recording_ended_at: "2026-01-02T03:04:09Z",
      media: { hls: { duration_ms: 2_000 } },
    });
    expect(text("media/hls/180p30/playlist.m3u8")).toContain("0.ts\n#EXT-X-ENDLIST");
  });

  it("may fail at the very end, which is a failure too", async () => {
    const { store, stream, statuses, json } = await begin();
    store.refuse = (key) => (key.endsWith("recording-ended.json") ? s3Error("AccessDenied") : undefined);
    stream.end();
    await pass(GIVEN_UP);
    expect(statuses()).toEqual(["Recording Start", "Recording End Failure"]);
    expect(json("events/recording-failed.json")).toMatchObject({ recording_status: "RECORDING_ENDED_WITH_FAILURE" });
  });

  it("leaves the other channels undisturbed", async () => {
    const { store, recorder, sendMore, events } = await begin();
    const other = recorder.start(channelNamed("bob", "ZyXwVu123456"), configuration(), "st-2");
    store.refuse = (key) => (key.includes("AbCdEf123456") ? gone() : undefined);
    sendMore();
    other.segment(segment(), FORMAT);
    await pass(2 * GIVEN_UP);
    other.end();
    await pass();
    const told = events.map(({ detail }) => `${detail.channel_name}: ${detail.recording_status}`);
    expect(told.sort()).toEqual([
      "alice: Recording End Failure",
      "alice: Recording Start",
      "bob: Recording End",
      "bob: Recording Start",
    ]);
  });

  it("that answers nothing makes the recording fail before too much waits for it", async () => {
    const started = startRecorder({ objects: { put: () => new Promise(() => undefined) } });
    const stream = started.recorder.start(CHANNEL, configuration(), "st-1");
    const large = segment({ seconds: 2, bytes: 8 * 1024 * 1024 });
    for (let index = 0; index < 10; index += 1) stream.segment({ ...large, discontinuity: true }, FORMAT);
    await pass(60_000);
    expect(started.statuses()).toEqual(["Recording Start Failure"]);
    expect(started.reports).toEqual([
      `The recording of ${CHANNEL.arn} to the bucket ${BUCKET} failed: Error: more than 67108864 bytes wait to be put`,
    ]);
    await started.recorder.stop();
  });

  it("that answers nothing is given up after a while", async () => {
    const { recorder, reports, statuses } = startRecorder({ objects: { put: () => new Promise(() => undefined) } });
    recorder.start(CHANNEL, configuration(), "st-1").segment(segment(), FORMAT);
    await pass(4 * 15_000 + GIVEN_UP);
    expect(statuses()).toEqual(["Recording Start Failure"]);
    expect(reports[0]).toContain("nothing was heard for 15 seconds");
  });
});
