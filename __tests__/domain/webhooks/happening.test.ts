import { expect, test } from "vitest";
import { channelArn } from "#__tests__/domain/live-state/support.ts";
import type { StreamEvent } from "#domain/live-state/stream-event.ts";
import { happeningOfEvent, happeningOfState } from "#domain/webhooks/happening.ts";

const noon = Date.parse("2026-01-02T12:00:00Z");
const channel = channelArn(1);
const start: StreamEvent = {
  kind: "state",
  name: "Stream Start",
  channelArn: channel,
  streamId: "st-a",
  at: noon,
  facts: {},
};
const end: StreamEvent = { ...start, name: "Stream End" };
const recorded: StreamEvent = {
  kind: "recording",
  name: "Recording End",
  channelArn: channel,
  streamId: "st-b",
  at: noon,
  facts: { recording_session_id: "rec-1" },
};
const saysNothing = { action: "record", why: "says nothing of live" } as const;
const known = { action: "record", why: "known already" } as const;
const live = { id: "live:st-a", kind: "live", channelArn: channel, streamId: "st-a", at: noon };
const ended = { ...live, id: "ended:st-a", kind: "ended" };

test("a change of the live state is one", () => {
  const change = (isLive: boolean) =>
    ({ action: "change", state: { live: isLive, streamId: "st-a", at: noon } }) as const;
  expect(happeningOfEvent(start, change(true), false)).toEqual(live);
  expect(happeningOfEvent(end, change(false), false)).toEqual(ended);
});

test("a state that was known is one only where the same delivery is tried again", () => {
  expect(happeningOfEvent(start, known, false)).toBeUndefined();
  expect(happeningOfEvent(start, known, true)).toEqual(live);
  expect(happeningOfEvent(end, known, true)).toEqual(ended);
});

test("an event that is older than what is known is none, tried again or not", () => {
  const older = { action: "record", why: "older than what is known" } as const;
  expect([happeningOfEvent(start, older, false), happeningOfEvent(end, older, true)]).toEqual([undefined, undefined]);
});

test("a recording that ended is one, known by its session and not by the stream that was its last", () => {
  expect(happeningOfEvent(recorded, saysNothing, false)).toEqual({
    id: "recording-ready:rec-1",
    kind: "recording-ready",
    channelArn: channel,
    streamId: "st-b",
    at: noon,
  });
});

test("a recording without a session is known by its time", () => {
  const { streamId: _streamId, ...bare } = { ...recorded, facts: {} };
  expect(happeningOfEvent(bare, saysNothing, false)).toEqual({
    id: "recording-ready:2026-01-02T12:00:00.000Z",
    kind: "recording-ready",
    channelArn: channel,
    at: noon,
  });
});

test.each([
  ["recording", "Recording Start"],
  ["recording", "Recording End Failure"],
  ["state", "Session Created"],
  ["health", "Starvation Start"],
] as const)("%s: %s is none", (kind, name) => {
  expect(happeningOfEvent({ ...recorded, kind, name }, saysNothing, true)).toBeUndefined();
});

test("what happens on a foreign channel is none", () => {
  expect(happeningOfEvent(recorded, { action: "drop" }, true)).toBeUndefined();
});

test("what a walk corrected is one, by the same id as the event that was lost", () => {
  expect(happeningOfState(channel, { live: true, streamId: "st-a", at: noon, seenAt: noon, viewers: 3 })).toEqual(live);
  expect(happeningOfState(channel, { live: false, at: noon })).toBeUndefined();
});
