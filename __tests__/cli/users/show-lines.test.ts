import { expect, test } from "vitest";
import type { UserDetails } from "#cli/users/show.ts";
import { userLines } from "#cli/users/show-lines.ts";

const now = new Date("2026-11-21T13:00:00Z");
const sub = "11111111-2222-3333-4444-555555555555";
const preparing: UserDetails = {
  ...{ sub, name: "ben", nickname: "Ben", state: "preparing", stage: "reserved" },
  ...{ quotaSince: null, deletionStep: null, keyReset: false, channelArn: null, playbackUrl: null, roomArn: null },
  ...{ live: false, streamId: null, viewers: null, sessions: [] },
  user: { status: "CONFIRMED", enabled: false },
  queue: { waiting: 1, delayed: 2, inFlight: 3, deadLetters: 4 },
};
const stateOf = (changes: Partial<UserDetails>) =>
  userLines({ ...preparing, ...changes }, now).find((line) => line.startsWith("State"));

test("leaves out what an account does not have yet", () => {
  expect(userLines(preparing, now)).toEqual([
    "Name          ben",
    "Nickname      Ben",
    `Sub           ${sub}`,
    "User          CONFIRMED, disabled",
    "State         preparing, at stage reserved",
    "Live          offline",
    "Queue         1 waiting, 2 delayed, 3 at work; of all accounts",
    "Dead letters  4",
  ]);
});

test("says what an account waits for", () => {
  const quotaSince = "2026-11-21T12:00:00.000Z";
  expect(stateOf({ state: "waiting-for-quota", stage: "channel", quotaSince })).toBe(
    `State         waiting-for-quota, at stage channel, held up by a quota since ${quotaSince}`,
  );
  expect(stateOf({ state: "deleting", stage: "deleting", deletionStep: "room" })).toBe(
    "State         deleting, at step room",
  );
  expect(stateOf({ state: "ready", stage: "complete", keyReset: true })).toBe(
    "State         ready, with a key reset to finish",
  );
  expect(stateOf({ state: "ready", stage: "complete" })).toBe("State         ready");
});

test("shows streams newest first, and how long they lasted", () => {
  const startedAt = "2026-11-21T12:00:00.000Z";
  const sessions = [
    { streamId: "st-2", startedAt, endedAt: null, incidents: 0 },
    { streamId: "st-1", startedAt, endedAt: "2026-11-21T12:00:30.000Z", incidents: 2 },
  ];
  expect(userLines({ ...preparing, sessions }, now).slice(-3)).toEqual([
    "STREAM  STARTED                   LASTED          INCIDENTS",
    "st-2    2026-11-21T12:00:00.000Z  60 min, on air  0",
    "st-1    2026-11-21T12:00:00.000Z  30 s            2",
  ]);
});
