import { describe, expect, test } from "vitest";
import { compileExceptions } from "#domain/moderation/words/exceptions.ts";
import { unitsOf } from "#domain/moderation/words/letters.ts";
import { compileWords } from "#domain/moderation/words/matcher.ts";

function finder(words: { wholeWord?: string[]; anywhere?: string[]; exceptions?: string[] }) {
  const has = compileWords({ wholeWord: words.wholeWord ?? [], anywhere: words.anywhere ?? [] });
  const without = compileExceptions(words.exceptions ?? []);
  return (text: string) => has(without(unitsOf(text)));
}

describe("a word that must stand alone", () => {
  const finds = finder({ wholeWord: ["spam", "hell", "ass", "scam", "kill yourself", "88", "can't", "сука", "바보"] });

  test.each([
    ["as it is", "spam"],
    ["inside a sentence", "no spam, please"],
    ["in capitals", "SPAM"],
    ["with accents", "śpàm"],
    ["with stacked accents", "s\u0336p\u0336\u0301a\u0336m\u0336"],
    ["in Cyrillic letters", "ѕраm"],
    ["in Greek letters", "sραm"],
    ["in full width", "ｓｐａｍ"],
    ["in mathematical letters", "𝓼𝓹𝓪𝓶"],
    ["in small capitals", "ꜱᴘᴀᴍ"],
    ["in circled letters", "ⓢⓟⓐⓜ"],
    ["in negative circles", "🅢🅟🅐🅜"],
    ["in flag letters", "🇸🇵🇦🇲"],
    ["with digits for letters", "5p4m"],
    ["with signs for letters", "$p@m"],
    ["with zero-width spaces", "s\u200bp\u200ba\u200bm"],
    ["with soft hyphens", "s\u00adp\u00adam"],
    ["with a text direction mark", "sp\u202eam"],
    ["with dots between", "s.p.a.m"],
    ["with a hyphen", "sp-am"],
    ["with stars", "s**p**a**m"],
    ["with emoji between", "s🔥p🔥a🔥m"],
    ["with letters repeated", "sspppaaaammm"],
    ["spelled out with spaces", "s p a m"],
    ["spelled out in a sentence", "buy s p a m here"],
    ["spelled out, repeated", "ss pp aa mm"],
    ["spelled out with quotes", "s'p'a'm"],
    ["before a digit", "spam2"],
    ["before punctuation", "spam!!!"],
    ["before Korean", "spam은"],
    ["after a hyphen", "super-spam"],
    ["with everything at once", "Ｓ.🅿.4\u200b@.ḿ"],
  ])("is found %s", (_how, text) => {
    expect(finds(text)).toBe(true);
  });

  test.each(["heIl", "HElL", "h3ll", "he||"])("is found where I, l, 1 and | look alike: %s", (text) => {
    expect(finds(text)).toBe(true);
  });

  test("is found in Cyrillic in either case", () => {
    expect(finds("СУКА")).toBe(true);
    expect(finds("cyka")).toBe(true);
  });

  test("is found in Korean with an ending joined to it", () => {
    expect(finds("바보야")).toBe(true);
    expect(finds("바.보")).toBe(true);
  });

  test("may be digits, which no letters stand for", () => {
    expect(finds("88")).toBe(true);
    expect(finds("bb")).toBe(false);
  });

  test("may be a phrase, whatever stands between its words", () => {
    expect(finds("k1ll,  yoursélf")).toBe(true);
    expect(finds("kill\nyourself")).toBe(true);
    expect(finds("killyourself")).toBe(false);
  });

  test("keeps its apostrophe", () => {
    expect(finds("can’t")).toBe(true);
    expect(finds("cant")).toBe(false);
  });

  test.each([
    "Massachusetts",
    "Nassau",
    "Passau",
    "Assisi",
    "Scampia",
    "Shellharbour",
    "Hellidon",
    "class",
    "assembly",
    "grass",
    "shell",
    "Michelle",
    "hello",
    "p@ssword",
    "cl4ss",
  ])("is not found inside another: %s", (text) => {
    expect(finds(text)).toBe(false);
  });

  test.each([
    ["he'll be there", "an apostrophe is part of a word"],
    ["he’ll be there", "a curly apostrophe too"],
    ["as soon as", "a space ends a word"],
    ["was, so", "a comma is no way to join two words"],
    ["s h e l l", "a longer word is spelled out"],
    ["s.h.e.l.l", "a longer word is dotted"],
    ["h e l l o", "a longer word is spelled out"],
    ["a bus. Camera", "a sentence ends in between"],
    ["바 보", "two letters may stand alone"],
    ["", "nothing is there"],
    ["   ", "only spaces are there"],
    ["!!!???", "only signs are there"],
  ])("is not found in %j: %s", (text) => {
    expect(finds(text)).toBe(false);
  });
});

describe("a word that may stand inside others", () => {
  const finds = finder({ anywhere: ["casino", "scam"], exceptions: ["scampi", "scampia"] });

  test.each(["casino", "mycasinos", "best-c@s1no-ever", "xxCASINOxx", "c a s i n o s"])("is found in %s", (text) => {
    expect(finds(text)).toBe(true);
  });

  test("is not found in a word that is excepted", () => {
    expect(finds("Scampi from Scampia")).toBe(false);
  });

  test("is found beside a word that is excepted", () => {
    expect(finds("scampi scam")).toBe(true);
  });

  test("is found where the excepted word is only the beginning", () => {
    expect(finds("scampish")).toBe(true);
  });
});

test("an excepted word covers the ordinary spelling of a blocked one with a letter doubled", () => {
  expect(finder({ wholeWord: ["god"] })("good")).toBe(true);
  expect(finder({ wholeWord: ["god"], exceptions: ["good"] })("good god")).toBe(true);
  expect(finder({ wholeWord: ["god"], exceptions: ["good"] })("good dog")).toBe(false);
});

test("a word with a double letter is not found with one", () => {
  expect(finder({ wholeWord: ["ass"] })("as")).toBe(false);
  expect(finder({ wholeWord: ["ass"] })("asssss")).toBe(true);
});

test("finds each of a thousand words, and none in a text without them", () => {
  const name = (index: number) => [...String(index)].map((digit) => "bdfghjkmpq"[Number(digit)]).join("o");
  const wholeWord = Array.from({ length: 1000 }, (_, index) => `x${name(index)}o`);
  const finds = finder({ wholeWord });
  expect(wholeWord.filter((word) => !finds(`so ${word} it`))).toEqual([]);
  expect(wholeWord.filter((word) => finds(`so z${word} it`))).toEqual([]);
});

test("no blocked words find nothing", () => {
  expect(finder({})("anything at all")).toBe(false);
});
