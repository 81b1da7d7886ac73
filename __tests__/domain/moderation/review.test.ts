import { describe, expect, test } from "vitest";
import { reviewer } from "./support.ts";

test("allows an ordinary message", () => {
  expect(reviewer()("Good evening, everyone! 👋🏽")).toEqual({ verdict: "allow" });
});

describe("length", () => {
  const review = reviewer({ maximumLength: 5 });

  test("counts code points, not bytes or UTF-16 units", () => {
    expect(review("😀😁😂😃😄")).toEqual({ verdict: "allow" });
    expect(review("éééé한")).toEqual({ verdict: "allow" });
  });

  test("denies one more", () => {
    expect(review("abcdef")).toEqual({
      verdict: "deny",
      reason: "MESSAGE_TOO_LONG",
      text: "This message is too long.",
    });
  });
});

describe("attributes", () => {
  const allowed: Record<string, "any" | string[]> = { sticker: ["wave", "heart"], reply: "any" };

  test("keeps those that the rules name", () => {
    const review = reviewer({ attributes: { allowed } });
    expect(review("hi", { sticker: "wave", reply: "to you" })).toEqual({ verdict: "allow" });
  });

  test("removes others, and values that are not listed, where the rules say so", () => {
    const review = reviewer({ attributes: { allowed, others: "remove" } });
    expect(review("hi", { sticker: "skull", reply: "ok", admin: "true" })).toEqual({
      verdict: "edit",
      message: { content: "hi", attributes: { reply: "ok" } },
      reasons: ["ATTRIBUTE_NOT_ALLOWED"],
    });
  });

  test("removes all where none is allowed", () => {
    const review = reviewer({ attributes: { allowed: {}, others: "remove" } });
    expect(review("hi", { a: "b" })).toMatchObject({ verdict: "edit", message: { attributes: {} } });
  });

  test("are a sticker of the list and a raised hand by default, and no other", () => {
    const review = reviewer();
    expect(review("hi", { sticker: "wave", raiseHand: "true" })).toEqual({ verdict: "allow" });
    for (const [name, value] of [
      ["sticker", "skull"],
      ["raiseHand", "yes"],
      ["role", "owner"],
    ] as const) {
      expect(review("hi", { [name]: value })).toMatchObject({ verdict: "deny", reason: "ATTRIBUTE_NOT_ALLOWED" });
    }
  });

  test.each(["toString", "constructor", "hasOwnProperty"])("takes no inherited name for an allowed one: %s", (name) => {
    expect(reviewer({ attributes: { allowed } })("hi", { [name]: "x" })).toMatchObject({ verdict: "deny" });
  });

  test("holds free values to the rules for words and links", () => {
    const review = reviewer({
      attributes: { allowed },
      blockedWords: { wholeWord: ["spam"] },
      links: { policy: "deny" },
    });
    expect(review("hi", { reply: "sp4m" })).toMatchObject({ verdict: "deny", reason: "BLOCKED_WORD" });
    expect(review("hi", { reply: "example.com" })).toMatchObject({ verdict: "deny", reason: "LINK_NOT_ALLOWED" });
  });
});

describe("repeated characters", () => {
  test.each([
    ["letters", "nooooo!", "nooo!"],
    ["letters of either case", "nOoOoO", "nOoO"],
    ["punctuation", "what?????", "what???"],
    ["line breaks", "a\n\n\n\n\nb", "a\n\n\nb"],
    ["emoji with a skin tone", "👍🏽👍🏽👍🏽👍🏽", "👍🏽👍🏽👍🏽"],
    ["families", "👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", "👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧"],
    ["flags", "🇰🇷🇰🇷🇰🇷🇰🇷🇺🇸", "🇰🇷🇰🇷🇰🇷🇺🇸"],
    ["several runs", "aaaabbbbaaaa", "aaabbbaaa"],
  ])("shortens a run of %s to the limit", (_what, content, short) => {
    expect(reviewer({ repeatedCharacters: { limit: 3 } })(content)).toEqual({
      verdict: "edit",
      message: { content: short, attributes: {} },
      reasons: ["REPEATED_CHARACTERS"],
    });
  });

  test("leaves a run at the limit", () => {
    expect(reviewer({ repeatedCharacters: { limit: 3 } })("hmmm... haha")).toEqual({ verdict: "allow" });
  });

  test("denies where the rules say so", () => {
    const review = reviewer({ repeatedCharacters: { limit: 3, action: "deny" } });
    expect(review("noooo")).toMatchObject({ verdict: "deny", reason: "REPEATED_CHARACTERS" });
  });
});

describe("capital letters", () => {
  const shout = "WHY IS NOBODY ANSWERING Me";

  test("may be as many as one likes by default", () => {
    expect(reviewer()(shout)).toEqual({ verdict: "allow" });
  });

  test("are made small above the share", () => {
    expect(reviewer({ capitalLetters: { maximumPercent: 70 } })(shout)).toEqual({
      verdict: "edit",
      message: { content: "why is nobody answering me", attributes: {} },
      reasons: ["CAPITAL_LETTERS"],
    });
  });

  test("are refused where the rules say so", () => {
    const review = reviewer({ capitalLetters: { maximumPercent: 70, action: "deny" } });
    expect(review(shout)).toMatchObject({ verdict: "deny", reason: "CAPITAL_LETTERS" });
  });

  test.each(["LOL OK GG", "한국어는 대문자가 없습니다", "12345678901234567890"])("do not count in %s", (content) => {
    expect(reviewer({ capitalLetters: { maximumPercent: 10 } })(content)).toEqual({ verdict: "allow" });
  });
});

describe("order", () => {
  const review = reviewer({
    maximumLength: 40,
    repeatedCharacters: { limit: 1 },
    blockedWords: { wholeWord: ["spam"] },
    links: { policy: "deny" },
    attributes: { others: "deny" },
  });

  test.each([
    ["length before attributes", "spam ".repeat(20), { a: "b" }, "MESSAGE_TOO_LONG"],
    ["attributes before words", "spam", { a: "b" }, "ATTRIBUTE_NOT_ALLOWED"],
    ["words before links", "spam example.com", {}, "BLOCKED_WORD"],
    ["a word after an edit", "spaaaam", {}, "BLOCKED_WORD"],
    ["a link that an edit makes", "see example.commm", {}, "LINK_NOT_ALLOWED"],
  ])("%s", (_what, content, attributes, reason) => {
    expect(review(content, attributes)).toMatchObject({ verdict: "deny", reason });
  });

  test("names every edit", () => {
    const edits = reviewer({
      attributes: { others: "remove" },
      repeatedCharacters: { limit: 2 },
      capitalLetters: { maximumPercent: 50 },
    });
    expect(edits("HELLOOOO EVERYBODY", { a: "b" })).toEqual({
      verdict: "edit",
      message: { content: "helloo everybody", attributes: {} },
      reasons: ["ATTRIBUTE_NOT_ALLOWED", "REPEATED_CHARACTERS", "CAPITAL_LETTERS"],
    });
  });
});

test("tells the sender why, never what was found", () => {
  const review = reviewer({ blockedWords: { wholeWord: ["spam"] }, links: { policy: "deny" } });
  expect(review("buy sp4m")).toEqual({
    verdict: "deny",
    reason: "BLOCKED_WORD",
    text: "This message has a word that is not allowed here.",
  });
  expect(review("buy at example.com")).toEqual({
    verdict: "deny",
    reason: "LINK_NOT_ALLOWED",
    text: "This message has a link that is not allowed here.",
  });
});
