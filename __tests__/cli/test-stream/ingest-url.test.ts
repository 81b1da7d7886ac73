import { expect, test } from "vitest";
import { ingestUrl } from "#cli/test-stream/ingest-url.ts";

const channel = {
  arn: "arn:aws:ivs:us-west-2:111122223333:channel/id",
  name: "main-stage",
  ingestEndpoint: "a1.global-contribute.live-video.net",
  playbackUrl: "https://a1/live.m3u8",
  isPrivate: false,
  insecureIngest: false,
};
const aws = { kind: "aws", region: "us-west-2", endpoint: undefined } as const;
const place = { pid: 1, endpoint: "http://127.0.0.1:4566", region: "us-west-2", accountId: "000000000000" };
const urls = { rtmpUrl: "rtmp://127.0.0.1:1935/app", rtmpsUrl: "rtmps://127.0.0.1:1936/app" };
const local = { kind: "local", region: "us-west-2", certificate: "rtmps.pem", ready: { ...place, ...urls } } as const;

test("sends to a channel on AWS by RTMPS, on the one port that it has", () => {
  expect(ingestUrl(aws, channel, false)).toBe("rtmps://a1.global-contribute.live-video.net:443/app/");
});

test("sends plain RTMP to AWS only where the channel allows it", () => {
  const open = { ...channel, insecureIngest: true };
  expect(ingestUrl(aws, open, true)).toBe("rtmp://a1.global-contribute.live-video.net:1935/app/");
  expect(() => ingestUrl(aws, channel, true)).toThrow("Channel main-stage takes no plain RTMP.");
});

test("sends to the local cloud at the address that it says", () => {
  expect(ingestUrl(local, channel, false)).toBe("rtmps://127.0.0.1:1936/app");
  expect(ingestUrl(local, channel, true)).toBe("rtmp://127.0.0.1:1935/app");
});

test("says that a local cloud takes no streams where it tells no address", () => {
  expect(() => ingestUrl({ ...local, ready: place }, channel, false)).toThrow("This local cloud takes no streams.");
});
