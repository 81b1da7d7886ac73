import { expect, test } from "vitest";
import { channelsOf } from "#cli/start/channels.ts";

test("lists the house's channels by name, without more than scripts need", () => {
  const channels = {
    "main-stage": { arn: "arn:1", playback_url: "https://x/1.m3u8", room_arn: "arn:2", ingest_endpoint: "i" },
  };
  expect(channelsOf({ channels, recording_bucket_name: "b" })).toEqual([
    { name: "main-stage", arn: "arn:1", playbackUrl: "https://x/1.m3u8", roomArn: "arn:2" },
  ]);
});

test("refuses outputs without them", () => {
  expect(() => channelsOf({})).toThrow();
});
