import fc from "fast-check";
import { expect, test } from "vitest";
import type { ModerationSettings } from "#domain/moderation/rules.ts";
import { reviewer } from "./support.ts";

const strict: ModerationSettings = {
  maximumLength: 200,
  attributes: { allowed: { sticker: ["wave"], reply: "any" } },
  repeatedCharacters: { limit: 2 },
  capitalLetters: { maximumPercent: 40, minimumLetters: 4 },
  blockedWords: { wholeWord: ["spam", "kill yourself"], anywhere: ["casino"], exceptions: ["casinos"] },
  links: { policy: "allowedHosts", allowedHosts: ["example.com"] },
};

const awkward = fc.constantFrom(
  "a",
  "A",
  "İ",
  "ß",
  "ǅ",
  "Σ",
  "한",
  "👍🏽",
  "🇰🇷",
  "👨‍👩‍👧",
  "\u200d",
  "\u0301",
  "\n",
  " ",
  ".",
  "/",
  "@",
  "s",
  "p",
  "m",
);
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 220 }),
  fc.string({ unit: "grapheme", maxLength: 120 }),
  fc.array(awkward, { maxLength: 150 }).map((parts) => parts.join("")),
);
const attributes = fc.dictionary(fc.oneof(fc.constantFrom("sticker", "reply"), fc.string()), text, { maxKeys: 4 });

test("never throws, whatever is sent", () => {
  const review = reviewer(strict);
  fc.assert(
    fc.property(text, attributes, (content, given) => {
      expect(["allow", "edit", "deny"]).toContain(review(content, given).verdict);
    }),
    { numRuns: 500 },
  );
});

test("an edited message is allowed as it is when it is reviewed again", () => {
  const review = reviewer({ ...strict, blockedWords: {}, links: { policy: "allow" } });
  fc.assert(
    fc.property(text, attributes, (content, given) => {
      const decision = review(content, given);
      if (decision.verdict !== "edit") return;
      expect(review(decision.message.content, { ...decision.message.attributes })).toEqual({ verdict: "allow" });
    }),
    { numRuns: 500 },
  );
});

test("an edit never makes a message longer", () => {
  const review = reviewer({ ...strict, blockedWords: {}, links: { policy: "allow" } });
  fc.assert(
    fc.property(text, (content) => {
      const decision = review(content);
      if (decision.verdict === "edit")
        expect([...decision.message.content].length).toBeLessThanOrEqual([...content].length);
    }),
    { numRuns: 500 },
  );
});

const disguises: Record<string, readonly string[]> = {
  s: ["s", "S", "5", "$", "ѕ", "ｓ", "𝓼", "ś", "ⓢ", "ꜱ"],
  p: ["p", "P", "р", "ρ", "ｐ", "𝓹", "ṗ", "ⓟ", "ᴘ"],
  a: ["a", "A", "4", "@", "а", "α", "ａ", "𝓪", "á", "å", "ⓐ", "ᴀ"],
  m: ["m", "M", "м", "ｍ", "𝓶", "ṁ", "ⓜ", "ᴍ"],
};
const between = fc.constantFrom("", "", "", ".", "-", "_", "*", "🔥", "\u200b", "\u00ad", "\u2060");
const disguisedLetter = (letter: string) =>
  fc
    .tuple(fc.constantFrom(...(disguises[letter] ?? [])), fc.integer({ min: 1, max: 4 }), between)
    .map(([shape, times, gap]) => shape.repeat(times) + gap);
const disguisedWord = fc.tuple(..."spam".split("").map(disguisedLetter)).map((letters) => letters.join(""));
const innocent = fc.constantFrom("", "hello ", "buy ", "한국 ", "(", "1 ", "so, ");

test("every disguise of a word gets the answer that the word gets", () => {
  const review = reviewer({ blockedWords: { wholeWord: ["spam"] }, repeatedCharacters: { limit: 500 } });
  fc.assert(
    fc.property(innocent, disguisedWord, fc.constantFrom("", "!", " now", "?", " 지금"), (before, word, after) => {
      expect(review(`${before}${word}${after}`)).toEqual(review("spam"));
    }),
    { numRuns: 1000 },
  );
});

test("a message of words that are not blocked is allowed", () => {
  const review = reviewer({ blockedWords: { wholeWord: ["spam", "hell", "ass"] } });
  const ordinary = fc.constantFrom(
    "shell",
    "class",
    "pass",
    "Essex",
    "he'll",
    "hello",
    "I",
    "a",
    "am",
    "as",
    "so",
    "it's",
    "spa",
    "maps",
    "1",
    "-",
  );
  fc.assert(
    fc.property(fc.array(ordinary, { maxLength: 30 }), (words) => {
      expect(review(words.join(" "))).toEqual({ verdict: "allow" });
    }),
    { numRuns: 500 },
  );
});
