import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createEventSink } from "#local/ivs/live/event-sink.ts";
import type { IvsEvent } from "#local/ivs/live/ivs-event.ts";

const eventAt = (time: number): IvsEvent => ({
  ...{ accountId: "000000000000", region: "us-west-2", resources: [], detail: {}, time },
  detailType: "IVS Stream State Change",
});

/** A sink on a bus that takes its time, and may be down. */
const open = () => {
  const published: number[] = [];
  const lines: string[] = [];
  const bus = { isDown: false };
  const sink = createEventSink(
    async ({ time }) => {
      await sleep(published.length % 2 === 0 ? 5 : 0);
      if (bus.isDown) throw new Error("the bus is gone");
      published.push(time);
    },
    (line) => lines.push(line),
  );
  return { ...sink, bus, published, lines };
};

test("events are published one after the other, in order, and a flush waits for the last", async () => {
  const { emit, flush, published } = open();
  for (const time of [1, 2, 3, 4]) emit(eventAt(time));
  expect(published).toEqual([]);
  await flush();
  expect(published).toEqual([1, 2, 3, 4]);
});

test("a flush sends what a fault holds back, which keeps the time when it happened", async () => {
  const { emit, flush, setFaults, published } = open();
  setFaults({ delayMilliseconds: 3_600_000, random: () => 0.9 });
  emit(eventAt(1));
  setFaults({ shuffle: true, random: () => 0 });
  emit(eventAt(2));
  setFaults({});
  emit(eventAt(3));
  await flush();
  expect(published).toHaveLength(3);
  expect([...published].sort()).toEqual([1, 2, 3]);
});

test("a bus that is down is reported once, nobody waits for it, and it is reported anew when it fails again", async () => {
  const { emit, flush, bus, published, lines } = open();
  const failed = "Events cannot be published (IVS Stream State Change): the bus is gone";
  bus.isDown = true;
  for (const time of [1, 2]) emit(eventAt(time));
  await flush();
  expect(lines).toEqual([failed]);
  bus.isDown = false;
  emit(eventAt(3));
  await flush();
  expect([published, lines]).toEqual([[3], [failed]]);
  bus.isDown = true;
  emit(eventAt(4));
  await flush();
  expect(lines).toEqual([failed, failed]);
});
