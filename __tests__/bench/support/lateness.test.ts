import { expect, test } from "vitest";
import { createLateness } from "#bench/support/lateness.ts";

test("tells how late segments were since it was last asked", () => {
  let now = 1_000;
  const lateness = createLateness(() => now);
  const out = lateness.follow();
  out(1_000);
  now = 1_300;
  out(1_200);
  expect(lateness.take()).toEqual([0, 100]);
  expect(lateness.take()).toEqual([]);
});

test("goes by the most punctual segment of each stream", () => {
  const lateness = createLateness(() => 1_000);
  const [held, prompt] = [lateness.follow(), lateness.follow()];
  held(1_200);
  held(1_050);
  prompt(950);
  expect(lateness.take()).toEqual([0, 150, 50]);
});
