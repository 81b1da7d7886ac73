import { expect, it } from "vitest";
import { metadataFile } from "#local/ivs/recording/documents.ts";
import type { OpenRecording } from "#local/ivs/recording/open-recording.ts";
import { CHANNEL, START } from "./fixture.ts";

const RECORDING: OpenRecording = {
  sessionId: "uxa0OrtRP8Rs",
  channel: CHANNEL,
  configurationArn: "arn:aws:ivs:us-west-2:111122223333:recording-configuration/GhIjKl123456",
  bucketName: "recordings",
  prefix: "ivs/v1/111122223333/AbCdEf123456/2026/1/2/3/4/y9KbtxapPKU3",
  startedAt: START,
  streamIds: ["st-1"],
  rendition: { width: 1280, height: 720, frameRate: 60, codecs: "avc1.64001F,mp4a.40.2", bitsPerSecond: 2_000_000 },
  hasMedia: true,
  thumbnails: { recordingMode: "INTERVAL", targetIntervalSeconds: 60, storage: ["SEQUENTIAL", "LATEST"] },
  files: [
    { startTime: START, discontinuity: false, pieces: [[10, 2_000]] },
    { startTime: START, discontinuity: false, pieces: [[10, 1_033]] },
  ],
};

const HLS = {
  path: "media/hls",
  playlist: "master.m3u8",
  byte_range_playlist: "byte-range-multivariant.m3u8",
  renditions: [
    {
      path: "720p60",
      playlist: "playlist.m3u8",
      byte_range_playlist: "byte-range-variant.m3u8",
      resolution_height: 720,
      resolution_width: 1280,
    },
  ],
};
const THUMBNAILS = {
  thumbnails: { path: "media/thumbnails", resolution_height: 720, resolution_width: 1280 },
  latest_thumbnail: { path: "media/latest_thumbnail/thumb.jpg", resolution_height: 720, resolution_width: 1280 },
};
const COMMON = { version: "v1", channel_arn: "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456" };
const endedAt = START + 60_000;

const read = (...args: Parameters<typeof metadataFile>): unknown => JSON.parse(metadataFile(...args));

it("tells of a recording that has started where its playlists and thumbnails will be", () => {
  expect(read(RECORDING)).toEqual({
    ...COMMON,
    recording_started_at: "2026-01-02T03:04:05Z",
    recording_status: "RECORDING_STARTED",
    media: { hls: HLS, ...THUMBNAILS },
  });
});

it("tells of a recording that has ended how long it is", () => {
  expect(read(RECORDING, { endedAt })).toEqual({
    ...COMMON,
    recording_ended_at: "2026-01-02T03:05:05Z",
    recording_started_at: "2026-01-02T03:04:05Z",
    recording_status: "RECORDING_ENDED",
    media: { hls: { duration_ms: 3_033, ...HLS }, ...THUMBNAILS },
  });
});

it("tells of a recording that has failed why, and how much of it there is", () => {
  expect(read({ ...RECORDING, files: [] }, { endedAt, failure: "InternalServerException" })).toEqual({
    ...COMMON,
    recording_ended_at: "2026-01-02T03:05:05Z",
    recording_started_at: "2026-01-02T03:04:05Z",
    recording_status: "RECORDING_ENDED_WITH_FAILURE",
    recording_status_message: "InternalServerException",
    media: { hls: { duration_ms: 0, ...HLS }, ...THUMBNAILS },
  });
});

it("tells of no thumbnails but those that are stored", () => {
  const mediaWith = (thumbnails: OpenRecording["thumbnails"]) =>
    Object.keys((read({ ...RECORDING, thumbnails }) as { media: object }).media);
  expect(mediaWith({ recordingMode: "DISABLED" })).toEqual(["hls"]);
  expect(mediaWith({ recordingMode: "INTERVAL" })).toEqual(["hls", "thumbnails"]);
  expect(mediaWith({ recordingMode: "INTERVAL", storage: ["LATEST"] })).toEqual(["hls", "latest_thumbnail"]);
});

it("tells of no rendition where none is selected", () => {
  expect(read({ ...RECORDING, hasMedia: false })).toMatchObject({
    media: { hls: { path: "media/hls", renditions: [] } },
  });
});
