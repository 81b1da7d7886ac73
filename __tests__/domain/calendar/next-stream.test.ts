import { expect, it } from "vitest";
import { isAnnounceable } from "#domain/calendar/next-stream.ts";

it("lets a stream be announced from now on, within a year", () => {
  const now = Date.parse("2026-01-02T19:00:00Z");
  expect(isAnnounceable(now + 1, now)).toBe(true);
  expect(isAnnounceable(Date.parse("2027-01-02T19:00:00Z"), now)).toBe(true);
  expect(isAnnounceable(now, now)).toBe(false);
  expect(isAnnounceable(Date.parse("2027-01-04T19:00:00Z"), now)).toBe(false);
});
