import { expect, test } from "vitest";
import type { LiveState } from "#domain/live-state/live-row.ts";
import { observeStreams } from "#domain/live-state/observe-streams.ts";
import type { StreamPages } from "#domain/live-state/walk-streams.ts";
import { channelArn, minute, pagesOf, RowsInMemory } from "./support.ts";

const noon = Date.parse("2026-01-02T12:00:00Z");
const listed = (place: number, streamId = "st-a", viewers = 3, startedAt = noon - 10 * minute) => ({
  channelArn: channelArn(place),
  streamId,
  startedAt,
  viewers,
});
const observe = (rows: RowsInMemory, streams: StreamPages, corrected = async (_arn: string, _state: LiveState) => {}) =>
  observeStreams({ streams, rows, now: () => noon, corrected });
const onAir = { live: true, streamId: "st-a", at: noon - 10 * minute };

test("a listed channel whose start was lost becomes live, with its viewers", async () => {
  const rows = new RowsInMemory();
  rows.add(channelArn(1));
  expect(await observe(rows, pagesOf([listed(1)]))).toEqual({
    listed: 1,
    starving: 0,
    foreign: 0,
    corrected: 1,
    confirmed: 0,
    passedOver: 0,
  });
  expect(rows.state(channelArn(1))).toEqual({ ...onAir, seenAt: noon, viewers: 3 });
});

test("a channel whose end was lost becomes offline", async () => {
  const rows = new RowsInMemory();
  rows.add(channelArn(1), onAir);
  await observe(rows, pagesOf([]));
  expect(rows.state(channelArn(1))).toEqual({ live: false, streamId: "st-a", at: noon - minute });
});

test("tells which rows were wrong, once they are written, and no others", async () => {
  const rows = new RowsInMemory();
  const told: unknown[] = [];
  rows.add(channelArn(1));
  rows.add(channelArn(2), onAir);
  rows.add(channelArn(3), onAir);
  await observe(rows, pagesOf([listed(1), listed(2), listed(9)]), async (arn, state) => {
    expect(rows.state(arn)).toEqual(state);
    told.push([arn, state.live, state.streamId]);
  });
  expect(told).toEqual([
    [channelArn(1), true, "st-a"],
    [channelArn(3), false, "st-a"],
  ]);
});

test("a stream that began, or was listed, less than 60 s ago is not taken for over", async () => {
  const rows = new RowsInMemory();
  rows.add(channelArn(1), { ...onAir, at: noon - minute + 1 });
  rows.add(channelArn(2), { ...onAir, seenAt: noon - minute + 1 });
  await observe(rows, pagesOf([]));
  expect(rows.written).toEqual([]);
});

test("a stream that ended less than 60 s ago is not brought back by a list that still has it", async () => {
  const rows = new RowsInMemory();
  rows.add(channelArn(1), { live: false, streamId: "st-a", at: noon - minute + 1 });
  rows.add(channelArn(2), { live: false, streamId: "st-a", at: noon - minute });
  await observe(rows, pagesOf([listed(1), listed(2)]));
  expect([rows.state(channelArn(1))?.live, rows.state(channelArn(2))?.live]).toEqual([false, true]);
});

test("never overwrites a row that was written after the walk began", async () => {
  const rows = new RowsInMemory();
  rows.add(channelArn(1), onAir, noon + 1);
  rows.add(channelArn(2), { live: false, streamId: "st-a", at: noon - 9 * minute }, noon + 1);
  await observe(rows, pagesOf([listed(2)]));
  expect(rows.written).toEqual([]);
});

test("leaves a row alone that is written between its reading and its writing", async () => {
  const rows = new RowsInMemory();
  rows.add(channelArn(1), onAir);
  rows.beforeWrite = () => {
    rows.rows.set(channelArn(1), {
      channelArn: channelArn(1),
      state: { live: true, streamId: "st-b", at: noon },
      writtenAt: noon,
      version: 1,
    });
  };
  expect(await observe(rows, pagesOf([]))).toMatchObject({ passedOver: 1, corrected: 0 });
  expect(rows.state(channelArn(1))?.streamId).toBe("st-b");
});

test.each([0, 1, 2])("changes nothing when page %i of the walk fails", async (failing) => {
  const rows = new RowsInMemory();
  for (const place of [1, 2, 3, 4, 5]) rows.add(channelArn(place), place > 3 ? onAir : undefined);
  const streams = pagesOf([listed(1), listed(2), listed(3)], 1, failing);
  await expect(observe(rows, streams)).rejects.toThrow("ListStreams: 500");
  expect([rows.written, rows.walk]).toEqual([[], 0]);
});

test("changes nothing when the walk goes in circles", async () => {
  const rows = new RowsInMemory();
  rows.add(channelArn(1), onAir);
  const circle: StreamPages = { page: async () => ({ streams: [], next: "again" }) };
  await expect(observe(rows, circle)).rejects.toThrow("ListStreams gave the same page token twice, after 1 pages.");
  expect(rows.written).toEqual([]);
});

test("keeps the count of viewers when the service could not count", async () => {
  const rows = new RowsInMemory();
  rows.add(channelArn(1), { ...onAir, viewers: 41 });
  rows.add(channelArn(2));
  await observe(rows, pagesOf([listed(1, "st-a", -1), listed(2, "st-a", -1)]));
  expect(rows.state(channelArn(1))).toEqual({ ...onAir, seenAt: noon, viewers: 41 });
  expect(rows.state(channelArn(2))).toEqual({ ...onAir, seenAt: noon });
});

test("does not count the viewers of the stream before for the next one", async () => {
  const rows = new RowsInMemory();
  rows.add(channelArn(1), { ...onAir, viewers: 41 });
  await observe(rows, pagesOf([listed(1, "st-b", -1, noon - 5 * minute)]));
  expect(rows.state(channelArn(1))).toEqual({ live: true, streamId: "st-b", at: noon - 5 * minute, seenAt: noon });
});

test("makes no row for a listed channel that is not ours", async () => {
  const rows = new RowsInMemory();
  expect(await observe(rows, pagesOf([listed(9)]))).toMatchObject({ listed: 1, foreign: 1 });
  expect([rows.rows.size, rows.written.length]).toEqual([0, 0]);
});
