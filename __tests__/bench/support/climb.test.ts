import { expect, test } from "vitest";
import { climb } from "#bench/support/climb.ts";

const limits = { late: 125, first: 10, growth: 1.5, most: 100 };
const seen = { senderLag: 0, lost: 0, megabytes: 1, cpuPercent: 1 };

/** A server that is late above a load. */
const server = (capacity: number) => {
  const steps: (readonly [number, number])[] = [];
  let load = 0;
  return {
    steps,
    add: async (before: number, next: number) => {
      steps.push([before, next]);
      load = next;
    },
    watch: async () => ({ ...seen, lateness: [0, load > capacity ? 126 : 125] }),
  };
};

test("gives the last load at which nothing was late, and the first at which something was", async () => {
  const { steps, ...options } = server(30);
  const { held, broke } = await climb({ ...limits, ...options });
  expect([held?.load, broke?.load]).toEqual([23, 35]);
  expect(steps).toEqual([
    [0, 10],
    [10, 15],
    [15, 23],
    [23, 35],
  ]);
});

test("ends at the highest step where nothing is ever late", async () => {
  const { held, broke } = await climb({ ...limits, ...server(1_000) });
  expect([held?.load, broke]).toEqual([80, undefined]);
});

test("holds nothing where the first step is late", async () => {
  const { held, broke } = await climb({ ...limits, ...server(0) });
  expect([held, broke?.load]).toEqual([undefined, 10]);
});

test("looks again where something was late once", async () => {
  const answers = [[200], [0], [200], [200]];
  const { held, broke } = await climb({
    ...limits,
    add: async () => {},
    watch: async () => ({ ...seen, lateness: answers.shift() ?? [] }),
  });
  expect([held?.load, broke?.load]).toEqual([10, 15]);
});

test("counts what breaks off as late", async () => {
  const watch = async () => ({ ...seen, lateness: [0], lost: 1 });
  expect((await climb({ ...limits, add: async () => {}, watch })).held).toBeUndefined();
});
