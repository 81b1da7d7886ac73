import { describe, expect, it } from "vitest";
import { parseAudioConfiguration } from "#local/media/flv/audio-configuration.ts";
import { toIngestConfiguration } from "#local/media/flv/ingest-configuration.ts";
import { parseVideoConfiguration } from "#local/media/flv/video-configuration.ts";

const video = parseVideoConfiguration(
  Buffer.from("0164002affe1001b6764002aacd940780227e5c044000003000400000301e03c60c65801000468ef8fcbfdf8f800", "hex"),
);
const audio = parseAudioConfiguration(Buffer.from("1190", "hex"));

describe("the ingest configuration", () => {
  it("says what the encoder told and what its configurations say", () => {
    const metadata = { encoder: "Lavf58.45.100", videodatarate: 8789.0625, audiodatarate: 46.875, framerate: 60 };
    expect(toIngestConfiguration(metadata, video, audio)).toEqual({
      video: {
        avcProfile: "High",
        avcLevel: "4.2",
        codec: "avc1.64002A",
        encoder: "Lavf58.45.100",
        targetBitrate: 8_789_062,
        targetFramerate: 60,
        videoHeight: 1080,
        videoWidth: 1920,
      },
      audio: { codec: "mp4a.40.2", targetBitrate: 46_875, sampleRate: 48_000, channels: 2 },
    });
  });

  it("believes no nonsense", () => {
    const metadata = { encoder: 7, videodatarate: Number.NaN, framerate: 1e9 };
    expect(toIngestConfiguration(metadata, video, undefined).video).toMatchObject({
      encoder: "",
      targetBitrate: 0,
      targetFramerate: 60,
    });
  });

  it("has no part for what is not sent", () => {
    expect(toIngestConfiguration({}, undefined, audio)).not.toHaveProperty("video");
    expect(toIngestConfiguration({}, video, undefined)).not.toHaveProperty("audio");
  });
});
