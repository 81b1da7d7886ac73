import { expect, test } from "vitest";
import { parseTimeLimit } from "#cli/test-stream/time-limit.ts";

test.each([
  ["90", 90_000],
  ["90s", 90_000],
  ["10m", 600_000],
  ["1.5h", 5_400_000],
])("reads %s", (text, milliseconds) => {
  expect(parseTimeLimit(text)).toBe(milliseconds);
});

test.each(["", "0", "-1", "10 m", "1d", "ten", "1e3", "600h", "NaN"])("refuses %j", (text) => {
  expect(() => parseTimeLimit(text)).toThrow("Write it as 90s, 10m or 1h, at most 500h.");
});
