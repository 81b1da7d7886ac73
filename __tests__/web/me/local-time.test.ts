import fc from "fast-check";
import { expect, test } from "vitest";
import { fieldTime, momentOf, startFault } from "#web/me/local-time.ts";

const wholeMinutes = fc
  .integer({ min: Date.UTC(2026, 0), max: Date.UTC(2030, 0) })
  .map((milliseconds) => new Date(Math.floor(milliseconds / 60_000) * 60_000));

test("a moment comes out of its field as it went in, but in the hour that clocks go through twice", () => {
  fc.assert(
    fc.property(wholeMinutes, (moment) => {
      const shown = fieldTime(moment);
      expect(shown).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
      expect(fieldTime(new Date(String(momentOf(shown))))).toBe(shown);
    }),
  );
});

test("an empty field holds no moment", () => {
  expect(momentOf("")).toBeUndefined();
});

test.each([
  ["", "Choose a day and a time."],
  ["2026-01-02T15:04", "Choose a time that is to come."],
  ["2026-01-02T15:05", undefined],
])("at four past three on 2 January, %j is refused with %j", (field, fault) => {
  expect(startFault(field, new Date(2026, 0, 2, 15, 4))).toBe(fault);
});
