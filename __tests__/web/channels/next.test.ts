import { expect, test } from "vitest";
import { announced } from "#web/channels/next.ts";

const planned = { startsAt: "2026-01-02T20:00:00Z", title: "Clouds" };
const startsAt = Date.parse(planned.startsAt);

test("what is announced is shown before its time, and for an hour after: its streamer may be late", () => {
  expect(announced({ planned }, startsAt - 1)).toBe(planned);
  expect(announced({ planned }, startsAt + 3_599_999)).toBe(planned);
});

test("what is well over is announced no more, and nothing is not announced", () => {
  expect(announced({ planned }, startsAt + 3_600_000)).toBeUndefined();
  expect(announced({ planned: undefined }, startsAt)).toBeUndefined();
});
