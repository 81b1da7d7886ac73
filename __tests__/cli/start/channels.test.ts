import { expect, test } from "vitest";
import { channelsOf } from "#cli/start/channels.ts";

const channel = (number: number) => ({
  arn: `arn:${number}`,
  playback_url: `https://x/${number}.m3u8`,
  room_arn: `arn:${number}0`,
  ingest_endpoint: "i",
});

test("lists the house's channels by name, without more than scripts need", () => {
  const channels = { "main-stage": channel(1) };
  expect(channelsOf({ channels, recording_bucket_name: "b" }, ["main-stage"])).toEqual([
    { name: "main-stage", arn: "arn:1", playbackUrl: "https://x/1.m3u8", roomArn: "arn:10" },
  ]);
});

test("keeps the order of the settings, which Terraform forgets", () => {
  const channels = { backstage: channel(2), demo: channel(3), "main-stage": channel(1) };
  const names = channelsOf({ channels }, ["main-stage", "backstage", "demo"]).map(({ name }) => name);
  expect(names).toEqual(["main-stage", "backstage", "demo"]);
});

test("refuses outputs without them", () => {
  expect(() => channelsOf({}, [])).toThrow();
});
