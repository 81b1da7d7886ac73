import { expect, test } from "vitest";
import { addressesOf, readyBlock } from "#cli/start/ready-block.ts";
import type { RunFile } from "#cli/start/run-file.ts";

const run: RunFile = {
  pid: 1,
  endpoint: "http://127.0.0.1:4566",
  region: "us-west-2",
  accountId: "000000000000",
  channels: [
    { name: "main-stage", arn: "arn:1", playbackUrl: "https://x/1.m3u8", roomArn: "arn:2" },
    { name: "backstage", arn: "arn:3", playbackUrl: "https://x/3.m3u8", roomArn: "arn:4" },
  ],
};
const all: RunFile = {
  ...run,
  channels: [
    ...run.channels,
    { name: "demo", arn: "arn:5", playbackUrl: "http://127.0.0.1:4566/5.m3u8", roomArn: "arn:6" },
  ],
  webUrl: "http://127.0.0.1:4566/web",
  apiUrl: "http://127.0.0.1:4566/api",
  rtmpUrl: "rtmp://127.0.0.1:1935/app",
  chatUrl: "ws://127.0.0.1:4566/chat",
};

test("says where everything is", () => {
  expect(readyBlock({ run, folder: ".onair", when: "ready after 9.3 s" })).toEqual([
    "Onair runs on this machine, ready after 9.3 s.",
    "  AWS endpoint  http://127.0.0.1:4566  (us-west-2, account 000000000000)",
    "  Channels      main-stage, backstage",
    "  Use it        set -a; . .onair/cloud.env; set +a",
    "  For scripts   .onair/run.json",
    "  Logs          .onair/logs",
    "  Stop          Ctrl-C; what is in it stays for the next npm start",
  ]);
});

test("says what is live, and with which command a stream of one's own begins", () => {
  expect(readyBlock({ run: all, folder: ".onair", when: "ready" })).toEqual([
    "Onair runs on this machine, ready.",
    "  Watch         http://127.0.0.1:4566/web  (demo is live with a test clip)",
    "  API           http://127.0.0.1:4566/api/public/openapi.json",
    "  Playback      http://127.0.0.1:4566/5.m3u8",
    "  Chat          ws://127.0.0.1:4566/chat",
    "  Send video    rtmp://127.0.0.1:1935/app  stream key: npx onair stream-key main-stage",
    "  AWS endpoint  http://127.0.0.1:4566  (us-west-2, account 000000000000)",
    "  Channels      main-stage, backstage, demo",
    "  Use it        set -a; . .onair/cloud.env; set +a",
    "  For scripts   .onair/run.json",
    "  Logs          .onair/logs",
    "  Stop          Ctrl-C; what is in it stays for the next npm start",
  ]);
});

test("has at most twelve lines with all that there can be", () => {
  expect(readyBlock({ run: all, folder: ".onair", when: "" }).length).toBeLessThanOrEqual(12);
});

test("names every address that it prints, so that each can be tried", () => {
  const printed = readyBlock({ run: all, folder: ".onair", when: "" }).join("\n");
  const addresses = printed.match(/\w+:\/\/\S+/g) ?? [];
  expect(new Set(addresses)).toEqual(new Set([...addressesOf(all).values(), all.endpoint]));
});
