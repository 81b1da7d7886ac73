import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createFaultyLine, type EventFaults } from "#local/ivs/live/event-faults.ts";
import { randomNumbers } from "../../media/rtmp/fixture/random.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The same choices for the same seed. */
const seeded = (seed: number) => {
  const choose = randomNumbers(seed);
  return () => choose(1_000_000) / 1_000_000;
};

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A line, what it has let through, and when, in milliseconds from its beginning. */
const open = (faults?: EventFaults) => {
  const began = Date.now();
  const sent: number[] = [];
  const times: number[] = [];
  const line = createFaultyLine<number>((event) => {
    sent.push(event);
    times.push(Date.now() - began);
  });
  if (faults) line.setFaults(faults);
  return { ...line, sent, times };
};

const through = (faults: EventFaults, count = 1_000) => {
  const line = open(faults);
  for (const event of numbers(count)) line.push(event);
  vi.runAllTimers();
  return line;
};

describe("events", () => {
  test("go out at once and in order where no fault is set", () => {
    const line = open();
    for (const event of numbers(5)) line.push(event);
    expect(line.sent).toEqual(numbers(5));
    expect(vi.getTimerCount()).toBe(0);
  });

  test("are dropped in the part that is set", () => {
    const { sent } = through({ drop: 0.3, random: seeded(1) });
    expect(sent.length).toBeGreaterThan(640);
    expect(sent.length).toBeLessThan(760);
    expect(sent).toEqual([...sent].sort((one, other) => one - other));
    expect(through({ drop: 1, random: seeded(1) }).sent).toEqual([]);
  });

  test("are doubled in the part that is set, and none is lost", () => {
    const { sent } = through({ duplicate: 0.3, random: seeded(2) });
    expect(new Set(sent).size).toBe(1_000);
    expect(sent.length).toBeGreaterThan(1_240);
    expect(sent.length).toBeLessThan(1_360);
    expect(through({ duplicate: 1, random: seeded(2) }, 3).sent).toEqual([0, 0, 1, 1, 2, 2]);
  });

  test("are each held back for a time of their own, up to the one that is set", () => {
    const { sent, times } = through({ delayMilliseconds: 60_000, random: seeded(3) });
    expect([...sent].sort((one, other) => one - other)).toEqual(numbers(1_000));
    expect(sent).not.toEqual(numbers(1_000));
    expect(Math.min(...times)).toBeLessThan(1_000);
    expect(Math.max(...times)).toBeGreaterThan(59_000);
    expect(Math.max(...times)).toBeLessThanOrEqual(60_000);
  });

  test("that are doubled and late come apart", () => {
    const { sent } = through({ duplicate: 1, delayMilliseconds: 60_000, random: seeded(4) }, 20);
    expect([...sent].sort((one, other) => one - other)).toEqual(numbers(20).flatMap((event) => [event, event]));
    expect(sent.some((event, index) => event === sent[index + 1])).toBe(false);
  });

  test("are shuffled among those of one second", () => {
    const line = open({ shuffle: true, random: seeded(5) });
    for (const event of numbers(10)) line.push(event);
    vi.advanceTimersByTime(999);
    expect(line.sent).toEqual([]);
    vi.advanceTimersByTime(1);
    for (const event of numbers(10)) line.push(10 + event);
    expect(line.sent).toHaveLength(10);
    expect([...line.sent].sort((one, other) => one - other)).toEqual(numbers(10));
    expect(line.sent).not.toEqual(numbers(10));
    vi.advanceTimersByTime(1_000);
    expect([...line.sent.slice(10)].sort((one, other) => one - other)).toEqual(numbers(10).map((event) => 10 + event));
  });

  test("go wrong in the same way for the same random numbers", () => {
    const faults = (seed: number) => ({
      ...{ drop: 0.2, duplicate: 0.2, delayMilliseconds: 5_000, shuffle: true, random: seeded(seed) },
    });
    expect(through(faults(6), 100).sent).toEqual(through(faults(6), 100).sent);
    expect(through(faults(6), 100).sent).not.toEqual(through(faults(7), 100).sent);
  });

  test("go right again where no fault is set any more, those that are held back excepted", () => {
    const line = open({ delayMilliseconds: 1_000, random: () => 0.5 });
    line.push(1);
    line.setFaults({});
    line.push(2);
    expect(line.sent).toEqual([2]);
    vi.runAllTimers();
    expect(line.sent).toEqual([2, 1]);
  });

  test("are never lost, invented or left behind by a flush, whatever the faults but dropping", () => {
    const faults = fc.record({
      duplicate: fc.constantFrom(0, 0.5, 1),
      delayMilliseconds: fc.constantFrom(0, 10, 5_000),
      shuffle: fc.boolean(),
      random: fc.nat().map(seeded),
    });
    fc.assert(
      fc.property(faults, fc.array(fc.nat(2_000), { maxLength: 30 }), (set, pauses) => {
        const line = open(set);
        for (const [event, pause] of pauses.entries()) {
          line.push(event);
          vi.advanceTimersByTime(pause);
        }
        line.flush();
        expect(vi.getTimerCount()).toBe(0);
        for (const event of pauses.keys()) {
          const copies = line.sent.filter((sent) => sent === event).length;
          expect(copies).toBeGreaterThanOrEqual(set.duplicate === 1 ? 2 : 1);
          expect(copies).toBeLessThanOrEqual(set.duplicate === 0 ? 1 : 2);
        }
        expect(new Set(line.sent).size).toBe(pauses.length);
      }),
      { numRuns: 100 },
    );
  });
});
