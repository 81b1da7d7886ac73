import fc from "fast-check";
import { expect, it } from "vitest";
import { type CalendarEntry, calendarOf } from "#domain/calendar/calendar.ts";

const entry: CalendarEntry = {
  uid: "ana-x7k2.next-stream@onair",
  writtenAt: Date.parse("2026-01-01T08:00:00.250Z"),
  startsAt: Date.parse("2026-01-02T19:00:00Z"),
  summary: "Ana: chess, and more",
};

/** What a calendar makes of a document: lines put together again, then names and values, read as the RFC says. */
const read = (document: string): { readonly SUMMARY?: string } =>
  Object.fromEntries(
    document
      .replaceAll("\r\n ", "")
      .split("\r\n")
      .filter((line) => line !== "")
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]),
  );
const unescaped = (value: string) => value.replace(/\\(.)/gs, (_all, sign) => (sign === "n" ? "\n" : sign));

it("is a calendar with one entry", () => {
  expect(calendarOf(entry).split("\r\n")).toEqual([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Onair//Next stream//EN",
    "BEGIN:VEVENT",
    "UID:ana-x7k2.next-stream@onair",
    "DTSTAMP:20260101T080000Z",
    "DTSTART:20260102T190000Z",
    "DURATION:PT1H",
    "SUMMARY:Ana: chess\\, and more",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]);
});

it("has no line of a title's own, whatever is in the title", () => {
  const document = calendarOf({ ...entry, summary: "a\r\nEND:VEVENT\rATTACH:x\n\u0085\0b" });
  expect(document).toContain("SUMMARY:a\\nEND:VEVENT\\nATTACH:x\\nb\r\n");
});

it("gives every title back, in lines of at most 75 octets that end with CRLF, of whole signs", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (summary) => {
      const document = calendarOf({ ...entry, summary });
      const lines = document.split("\r\n");
      expect(document.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
      expect(document).not.toMatch(/\p{Cs}/u);
      const shown = summary.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, "");
      expect(unescaped(read(document).SUMMARY ?? "")).toBe(shown);
      expect(read(document)).toMatchObject({ DTSTART: "20260102T190000Z", END: "VCALENDAR" });
    }),
    { numRuns: 500 },
  );
});
