import { expect, test } from "vitest";
import { backoff } from "#web/backoff.ts";

test("waits 0.5, 1, 2, 4, 8 seconds, then always 15", () => {
  expect([1, 2, 3, 4, 5, 6, 100].map((failures) => backoff(failures, 0))).toEqual([
    500, 1000, 2000, 4000, 8000, 15_000, 15_000,
  ]);
});

test("waits up to a third longer, so that not all come back at once", () => {
  expect([backoff(6, 0.5), backoff(6, 1)]).toEqual([17_250, 19_500]);
});
