import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readText } from "#domain/profiles/text.ts";

const limits = { minimum: 1, maximum: 10 };
const read = (text: string) => readText(text, limits);

describe("a text that others read", () => {
  it.each([
    ["  Ada  ", "Ada"],
    ["Cafe\u0301", "Caf\u00e9"],
    ["日本語の配信", "日本語の配信"],
    ["👩‍👩‍👧 live", "👩‍👩‍👧 live"],
    ["می‌خواهم", "می‌خواهم"],
  ])("is kept as it is written, composed and trimmed: %j", (written, kept) => {
    expect(read(written)).toEqual({ kind: "text", text: kept });
  });

  it.each([
    ["", "must be 1 to 10 characters"],
    ["   ", "must be 1 to 10 characters"],
    ["01234567890", "must be 1 to 10 characters"],
    ["a\nb", "must hold no control characters"],
    ["a\u0000b", "must hold no control characters"],
    ["a\u202eb", "must hold no signs that turn the direction of writing"],
    ["a\u2066b", "must hold no signs that turn the direction of writing"],
    ["a\u200bb", "must hold no invisible signs"],
    ["\u200d", "must hold something that can be seen"],
    ["\ud800", "must be Unicode text, without halves of surrogate pairs"],
  ])("is refused where signs hide or turn something, or it is too short or long: %j", (written, rule) => {
    expect(read(written)).toEqual({ kind: "refused", rule });
  });

  it("may have line breaks where they are allowed, written one way", () => {
    const lines = { minimum: 0, maximum: 20, lines: true };
    expect(readText("a\r\nb\n\nc", lines)).toEqual({ kind: "text", text: "a\nb\n\nc" });
    expect(readText("a\rb", lines)).toEqual({
      kind: "refused",
      rule: "must hold no control characters but line breaks",
    });
    expect(readText("", lines)).toEqual({ kind: "text", text: "" });
  });

  it("reads as itself once it is kept", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 20 }), (written) => {
        const first = read(written);
        if (first.kind === "text") expect(read(first.text)).toEqual(first);
      }),
      { numRuns: 500 },
    );
  });
});
