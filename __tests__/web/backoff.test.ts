import { expect, test } from "vitest";
import { afterRetryAfter, backoff } from "#web/backoff.ts";

test("waits 0.5, 1, 2, 4, 8 seconds, then always 15", () => {
  expect([1, 2, 3, 4, 5, 6, 100].map((failures) => backoff(failures, 0))).toEqual([
    500, 1000, 2000, 4000, 8000, 15_000, 15_000,
  ]);
});

test("waits up to a third longer, so that not all come back at once", () => {
  expect([backoff(6, 0.5), backoff(6, 1)]).toEqual([17_250, 19_500]);
});

test("waits at least as long as the server says, and anything up to 15 seconds more, the more failures the more", () => {
  const ends = [1, 2, 3, 4, 100].map((failures) => [afterRetryAfter(1, failures, 0), afterRetryAfter(1, failures, 1)]);
  expect(ends).toEqual([2, 4, 8, 15, 15].map((more) => [1000, (1 + more) * 1000]));
});
