import { expect, test } from "vitest";
import { createLateness } from "#bench/support/lateness.ts";

test("tells how late things were since it was last asked", () => {
  let now = 1_000;
  const lateness = createLateness(() => now);
  lateness.add(1_000);
  now = 1_300;
  lateness.add(1_200);
  expect(lateness.take()).toEqual([0, 100]);
  expect(lateness.take()).toEqual([]);
});
