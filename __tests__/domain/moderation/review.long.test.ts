import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reviewer } from "./support.ts";

/** Between these the digit 1 cannot tell: it may be an i or an l. */
const wordsOfIAndL = Array.from({ length: 64 }, (_, index) =>
  [...(index + 64).toString(2)]
    .map((bit) => (bit === "1" ? "i" : "l"))
    .join("")
    .concat("s"),
);

/** Rules at their upper limits, all of them on. */
const review = reviewer({
  attributes: { allowed: { reply: "any" } },
  repeatedCharacters: { limit: 500 },
  capitalLetters: { maximumPercent: 99 },
  blockedWords: {
    wholeWord: Array.from({ length: 1000 }, (_, index) => `a${"ab".repeat(9)}${index}`),
    anywhere: [...Array.from({ length: 936 }, (_, index) => `s${"aaaa".repeat(5)}${index}`), ...wordsOfIAndL],
    exceptions: Array.from({ length: 1000 }, (_, index) => `a${"a".repeat(20)}${index}`),
  },
  links: { policy: "allowedHosts", allowedHosts: Array.from({ length: 200 }, (_, index) => `h${index}.example.com`) },
});

/** The service waits 200 ms; a function with a seventh of a CPU must still be well below that. */
const limitMilliseconds = 100;

/** The quickest of a few, so that what else the machine does is not counted. */
function millisecondsFor(content: string, reply = ""): number {
  const once = () => {
    const start = performance.now();
    review(content, { reply });
    return performance.now() - start;
  };
  return Math.min(once(), once(), once());
}

describe("a message that is made to be slow is not", () => {
  test.each([
    ["one letter", "a"],
    ["letters of many words", "ab"],
    ["spelled out letters", "a "],
    ["dotted letters", "a."],
    ["signs that stand for letters", "@"],
    ["signs with two readings", "|1"],
    ["digits with three readings, dotted", "1."],
    ["digits with three readings, spelled out", "1 "],
    ["dots", "."],
    ["labels", "a.b-"],
    ["hosts", "a.com,"],
    ["schemes", "a://"],
    ["slashes", "/"],
    ["at signs", "a@"],
    ["brackets", "[ . ] "],
    ["spelled dots", "a dot com "],
    ["spaces", " "],
    ["line breaks", "\n"],
    ["accents", "a\u0301\u0301\u0301"],
    ["zero-width joiners", "👩\u200d"],
    ["flags", "🇰"],
    ["ligatures that fold to eighteen letters", "\ufdfa"],
    ["Korean", "바"],
    ["lone surrogates", "\ud800"],
  ])("%s", (_what, part) => {
    const content = [...part.repeat(500)].slice(0, 500).join("");
    expect(millisecondsFor(content, content)).toBeLessThan(limitMilliseconds);
  });

  test("anything at all, for ten thousand messages", () => {
    const part = fc.oneof(
      fc.constantFrom(
        "a",
        "b",
        "s",
        "@",
        "4",
        ".",
        " ",
        "/",
        ":",
        "dot",
        "com",
        "[",
        "]",
        "\u0301",
        "\u200d",
        "바",
        "|",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    );
    const messages = fc
      .array(part, { maxLength: 500, size: "max" })
      .map((parts) => [...parts.join("")].slice(0, 500).join(""));
    let slowest = 0;
    fc.assert(
      fc.property(messages, (content) => {
        slowest = Math.max(slowest, millisecondsFor(content));
      }),
      { numRuns: 10_000 },
    );
    console.log(`slowest review: ${slowest.toFixed(1)} ms`);
    expect(slowest).toBeLessThan(limitMilliseconds);
  });
});

test("the time grows with the length, not with its square", () => {
  const fastest = (length: number) =>
    Math.min(...Array.from({ length: 10 }, () => millisecondsFor("ab.1 ".repeat(length / 5))));
  expect(fastest(500) / fastest(100)).toBeLessThan(15);
});
