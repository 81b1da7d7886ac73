import fc from "fast-check";
import { expect, test } from "vitest";
import { applyStreamEvent } from "#domain/live-state/apply-stream-event.ts";
import { readStreamEvent } from "#domain/live-state/stream-event.ts";
import { channelArn, envelope, HistoryInMemory, minute, RowsInMemory } from "./support.ts";

const noon = Date.parse("2026-01-02T12:00:00Z");
const channel = channelArn(1);

function house() {
  const rows = new RowsInMemory();
  const history = new HistoryInMemory();
  rows.add(channel);
  const tell = (name: string, streamId: string, at: number, arn = channel) => {
    const reading = readStreamEvent(envelope(arn, name, streamId, at));
    if (reading.kind !== "event") throw new Error(JSON.stringify(reading));
    return applyStreamEvent(reading.event, { rows, history, now: () => noon, historyDays: 30 });
  };
  return { rows, history, tell };
}

test("a start makes the channel live, its end makes it offline", async () => {
  const { rows, tell } = house();
  await tell("Stream Start", "st-a", noon);
  expect(rows.state(channel)).toEqual({ live: true, streamId: "st-a", at: noon });
  await tell("Stream End", "st-a", noon + minute);
  expect(rows.state(channel)).toEqual({ live: false, streamId: "st-a", at: noon + minute });
});

test.each([
  "Session Created",
  "Session Ended",
  "Stream Failure",
  "Stream Takeover",
  "Stream Takeover Failure",
  "Something New",
])("%s goes to the history and leaves the live state alone", async (name) => {
  const { rows, history, tell } = house();
  await tell("Stream Start", "st-a", noon);
  expect(await tell(name, "st-a", noon + minute)).toEqual({ action: "record", why: "says nothing of live" });
  expect(rows.state(channel)?.live).toBe(true);
  expect([...history.entries.values()].map((entry) => entry.name)).toEqual(["Stream Start", name]);
});

test("a late end of an older stream never clears the flag", async () => {
  const { rows, tell } = house();
  await tell("Stream Start", "st-b", noon);
  expect(await tell("Stream End", "st-a", noon - 1000)).toEqual({ action: "record", why: "older than what is known" });
  expect(rows.state(channel)).toMatchObject({ live: true, streamId: "st-b" });
});

test("a start that comes after its own end does not bring the stream back", async () => {
  const { rows, tell } = house();
  await tell("Stream End", "st-a", noon + minute);
  await tell("Stream Start", "st-a", noon);
  expect(rows.state(channel)?.live).toBe(false);
});

test("an event that comes again is known already", async () => {
  const { rows, tell } = house();
  const known = { action: "record", why: "known already" };
  await tell("Stream Start", "st-a", noon);
  expect(await tell("Stream Start", "st-a", noon)).toEqual(known);
  await tell("Stream End", "st-a", noon + minute);
  expect(await tell("Stream End", "st-a", noon + minute)).toEqual(known);
  expect(rows.written.length).toBe(2);
});

test("an event for a channel without a row writes nothing", async () => {
  const { rows, history, tell } = house();
  expect(await tell("Stream Start", "st-x", noon, channelArn(1, "999988887777"))).toEqual({ action: "drop" });
  expect([rows.rows.size, rows.written.length, history.entries.size]).toEqual([1, 0, 0]);
});

test("a start from before the last complete walk is no news, when that walk did not list it", async () => {
  const { rows, tell } = house();
  rows.walk = noon;
  await tell("Stream Start", "st-a", noon - minute);
  expect(rows.state(channel)?.live).toBe(false);
  await tell("Stream Start", "st-b", noon - minute + 1000);
  expect(rows.state(channel)?.live).toBe(true);
});

test("decides again on what someone else wrote meanwhile", async () => {
  const { rows, tell } = house();
  rows.beforeWrite = () => {
    rows.beforeWrite = () => {};
    rows.rows.set(channel, {
      channelArn: channel,
      state: { live: true, streamId: "st-b", at: noon },
      writtenAt: noon,
      version: 7,
    });
  };
  expect(await tell("Stream Start", "st-a", noon - minute)).toMatchObject({ action: "record" });
  expect(rows.state(channel)?.streamId).toBe("st-b");
});

test("gives up, to be delivered again, when others write the row each time", async () => {
  const { rows, tell } = house();
  let version = 1;
  rows.beforeWrite = () => {
    rows.rows.set(channel, { channelArn: channel, state: { live: false, at: 0 }, writtenAt: noon, version: version++ });
  };
  await expect(tell("Stream Start", "st-a", noon)).rejects.toThrow("was changed by others 5 times in a row.");
});

test("a doubled event is one entry of the history, which may go after the days it is kept", async () => {
  const { history, tell } = house();
  await tell("Stream Start", "st-a", noon);
  await tell("Stream Start", "st-a", noon);
  expect([...history.entries.values()].map(({ expiresAt }) => expiresAt)).toEqual([noon / 1000 + 30 * 86_400]);
});

const streams = fc.array(fc.record({ pause: fc.integer({ min: 0, max: 3 }), length: fc.integer({ min: 1, max: 3 }) }), {
  minLength: 1,
  maxLength: 4,
});

test("all events of a channel, in any order and doubled, end in its last state", async () => {
  await fc.assert(
    fc.asyncProperty(streams, fc.boolean(), fc.infiniteStream(fc.nat(1000)), async (plan, endsLive, order) => {
      const { rows, tell } = house();
      const story: [name: string, streamId: string, at: number][] = [];
      let at = noon;
      for (const [place, { pause, length }] of plan.entries()) {
        at += pause * 1000;
        story.push(["Stream Start", `st-${place}`, at]);
        at += length * 1000;
        story.push(["Stream End", `st-${place}`, at]);
      }
      if (endsLive) story.pop();
      const shuffled = [...story, ...story]
        .map((event) => ({ event, rank: order.next().value ?? 0 }))
        .sort((one, other) => one.rank - other.rank);
      for (const { event } of shuffled) await tell(...event);
      expect(rows.state(channel)).toMatchObject({ live: endsLive, streamId: `st-${plan.length - 1}` });
    }),
    { numRuns: 300 },
  );
});
