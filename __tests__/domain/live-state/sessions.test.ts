import { expect, test } from "vitest";
import { sessionEntry } from "#domain/live-state/session-entry.ts";
import { sessionsOf } from "#domain/live-state/sessions.ts";
import type { StreamEventKind } from "#domain/live-state/stream-event.ts";
import { channelArn, minute } from "./support.ts";

const noon = Date.parse("2026-01-02T12:00:00Z");
const entry = (name: string, streamId: string, at: number, kind: StreamEventKind = "state") =>
  sessionEntry({ kind, name, channelArn: channelArn(1), streamId, at, facts: {} }, 30);

test("lists streams newest first, with their ends", () => {
  const sessions = sessionsOf([
    entry("Stream Start", "st-b", noon + 3 * minute),
    entry("Session Ended", "st-a", noon + 2 * minute),
    entry("Stream End", "st-a", noon + minute),
    entry("Stream Start", "st-a", noon + 5000),
    entry("Session Created", "st-a", noon),
  ]);
  expect(sessions).toEqual([
    { streamId: "st-b", startedAt: noon + 3 * minute, endReported: false, incidents: [] },
    { streamId: "st-a", startedAt: noon, endedAt: noon + minute, endReported: true, incidents: [] },
  ]);
});

test("a stream whose end was never reported ends where the next one begins", () => {
  const [, first] = sessionsOf([entry("Stream Start", "st-a", noon), entry("Session Created", "st-b", noon + minute)]);
  expect(first).toMatchObject({ streamId: "st-a", endedAt: noon + minute, endReported: false });
});

test("health, limits, failures and takeovers are the stream's incidents, oldest first", () => {
  const [session] = sessionsOf([
    entry("Ingest Bitrate", "st-a", noon + 3000, "limit"),
    entry("Starvation Start", "st-a", noon + 1000, "health"),
    entry("Stream Takeover", "st-a", noon + 2000),
    entry("Stream Start", "st-a", noon),
  ]);
  expect(session?.incidents.map(({ name }) => name)).toEqual(["Starvation Start", "Stream Takeover", "Ingest Bitrate"]);
});
