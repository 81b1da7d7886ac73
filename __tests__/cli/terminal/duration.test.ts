import { expect, test } from "vitest";
import { duration } from "#cli/terminal/duration.ts";

test.each([
  [0, "0.0 s"],
  [420, "0.4 s"],
  [9940, "9.9 s"],
  [9960, "10 s"],
  [59_400, "59 s"],
  [59_600, "1 min"],
  [120_000, "2 min"],
  [125_000, "2 min 5 s"],
])("says %d milliseconds as %s", (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
