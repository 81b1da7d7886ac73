import { expect, it } from "vitest";
import { CHANNEL, configuration, FORMAT, pass, START, s3Error, segment, startRecorder, stopTimers } from "./fixture.ts";

stopTimers();

/** What an earlier process saved while it recorded; one that was killed says nothing more. */
const killed = async () => {
  const earlier = startRecorder();
  const stream = earlier.recorder.start(CHANNEL, configuration({ recordingReconnectWindowSeconds: 60 }), "st-1");
  for (let index = 0; index < 8; index += 1) stream.segment(segment(), FORMAT);
  await pass();
  return JSON.parse(JSON.stringify(earlier.state.save()));
};

it("closes what an earlier process left open, with what has reached the bucket", async () => {
  const saved = await killed();
  const after = startRecorder();
  after.state.restore(saved);
  const [row] = after.rows();
  await pass(60_000);
  await after.recorder.recover();
  expect(after.paths()).toEqual([
    "media/hls/180p30/playlist.m3u8",
    "media/hls/180p30/byte-range-variant.m3u8",
    "media/hls/master.m3u8",
    "media/hls/byte-range-multivariant.m3u8",
    "events/recording-ended.json",
  ]);
  expect(after.text("media/hls/180p30/playlist.m3u8").match(/EXTINF:[\d.]+|ENDLIST/g)).toEqual([
    "EXTINF:2.000",
    "EXTINF:10.000",
    "ENDLIST",
  ]);
  expect([...after.objects.keys()].every((key) => key.startsWith(`${row?.prefix}/`))).toBe(true);
  expect(after.json("events/recording-ended.json")).toMatchObject({
    recording_started_at: "2026-01-02T03:04:05Z",
    recording_ended_at: "2026-01-02T03:05:05Z",
    media: { hls: { duration_ms: 12_000 } },
  });
  expect(after.events).toMatchObject([
    {
      time: START + 60_000,
      detail: {
        recording_status: "Recording End",
        recording_session_id: row?.sessionId,
        recording_session_stream_ids: ["st-1"],
        recording_duration_ms: 12_000,
      },
    },
  ]);
  expect(after.rows()).toEqual([]);
});

it("tells a failure where the bucket is gone meanwhile", async () => {
  const saved = await killed();
  const after = startRecorder();
  after.state.restore(saved);
  after.store.refuse = () => s3Error("NoSuchBucket");
  const recovered = after.recorder.recover();
  await pass(10_000);
  await recovered;
  expect([after.statuses(), after.rows()]).toEqual([["Recording End Failure"], []]);
});

it("leaves alone what this process records", async () => {
  const { recorder, statuses, rows } = startRecorder();
  const stream = recorder.start(CHANNEL, configuration(), "st-1");
  stream.segment(segment(), FORMAT);
  await pass();
  await recorder.recover();
  expect([statuses(), rows().length]).toEqual([["Recording Start"], 1]);
});

it("has nothing left to close after a stop", async () => {
  const { recorder, state } = startRecorder();
  recorder.start(CHANNEL, configuration(), "st-1").segment(segment(), FORMAT);
  await recorder.stop();
  const after = startRecorder();
  after.state.restore(JSON.parse(JSON.stringify(state.save())));
  await after.recorder.recover();
  expect(after.events).toEqual([]);
});
