import { expect, test } from "vitest";
import { inWords } from "#cli/reconcile/run.ts";

test("says what a pass found on one line", () => {
  expect(inWords({ listed: 3, corrected: 1 })).toBe("listed 3, corrected 1");
  expect(inWords(undefined)).toBe("done");
  expect(inWords(null)).toBe("done");
});
