import { expect, test } from "vitest";
import { statusLines } from "#cli/status/show-status.ts";

const now = new Date("2026-11-21T12:03:05Z");
const arn = "arn:aws:ivs:us-west-2:111122223333:channel/id";
const offline = { name: "lobby", arn, state: "offline", since: null, viewers: null, health: null } as const;
const since = "2026-11-21T12:00:00.000Z";
const live = { name: "main-stage", arn, state: "live", since, viewers: 12, health: "STARVING" } as const;
const aws = { kind: "aws", endpoint: null, region: "us-west-2", accountId: "111122223333" } as const;

test("shows one channel a line, with how long it is live", () => {
  expect(statusLines({ target: aws, channels: [offline, live] }, now)).toEqual([
    "Account 111122223333 in us-west-2",
    "",
    "CHANNEL     STATE    SINCE                            VIEWERS  HEALTH",
    "lobby       offline",
    "main-stage  live     2026-11-21 12:00:00Z, 3 min 5 s  12       STARVING",
  ]);
});

test("shows every part of a local cloud, and where it is", () => {
  const parts = [
    { name: "edge", state: "up", address: "http://127.0.0.1:4566" },
    { name: "ministack", state: "down", address: null },
  ] as const;
  const place = { endpoint: "http://127.0.0.1:4566", region: "us-west-2", accountId: "000000000000", pid: 7 };
  expect(statusLines({ target: { kind: "local", ...place, parts }, channels: [] }, now)).toEqual([
    "PART       STATE  ADDRESS",
    "edge       up     http://127.0.0.1:4566",
    "ministack  down",
    "",
    "No channels.",
  ]);
});

test("gives a channel without a name one to be seen by", () => {
  expect(statusLines({ target: aws, channels: [{ ...offline, name: "" }] }, now).at(-1)).toBe("(no name)  offline");
});
