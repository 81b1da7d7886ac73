import fc from "fast-check";
import { expect, test } from "vitest";
import { readChannelName } from "#domain/accounts/names/channel-name.ts";
import { firstChannelName } from "#domain/accounts/names/first-name.ts";

test.each([
  ["alice", "alice"],
  ["Alice-2", "alice-2"],
  ["a1b", "a1b"],
  ["x".repeat(30), "x".repeat(30)],
  ["adminton", "adminton"],
])("%s is a name", (input, name) => {
  expect(readChannelName(input)).toEqual({ kind: "name", name });
});

const characters = "may hold only the letters a to z, digits and hyphens";

test.each([
  [7, "must be a text"],
  ["ab", "must be 3 to 30 characters"],
  ["x".repeat(31), "must be 3 to 30 characters"],
  ["-alice", "may have hyphens only singly and inside"],
  ["alice-", "may have hyphens only singly and inside"],
  ["al--ice", "may have hyphens only singly and inside"],
  ["12345", "must hold a letter"],
  ["al ice", characters],
  ["al_ice", characters],
  ["../me", characters],
  ["аlice", characters],
  ["ａlice", characters],
  ["\u212Aate", characters],
  ["al\u200bice", characters],
  ["ali\u0301ce", characters],
  ["alice\n", characters],
  ["admin", "is a word that nobody may have, or looks like one"],
  ["4dm1n", "is a word that nobody may have, or looks like one"],
  ["On-Air", "is a word that nobody may have, or looks like one"],
])("%j is refused: it %s", (input, rule) => {
  expect(readChannelName(input)).toMatchObject({ kind: "refused", rule });
});

test("anything that is accepted can stand in an address, and is accepted as it is again", () => {
  const signs = fc.constantFrom("a", "Z", "0", "-", "ı", "K", "\u0301", ".", "한");
  const input = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.string({ unit: signs, maxLength: 12 }));
  fc.assert(
    fc.property(input, (text) => {
      const reading = readChannelName(text);
      if (reading.kind === "refused") return;
      expect(reading.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(readChannelName(reading.name)).toEqual(reading);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["Ana María", "x7k2", "ana-maria-x7k2"],
  ["한국", "x7k2", "channel-x7k2"],
  ["  ", "x7k2", "channel-x7k2"],
  ["A very long nickname indeed", "x7k2abcd", "a-very-long-nickname-x7k2abcd"],
])("the first name of %j is made of what is usable of it", (nickname, random, name) => {
  expect(firstChannelName(nickname, random)).toBe(name);
});

test("every nickname gives a name that is accepted", () => {
  const random = fc.string({ unit: fc.constantFrom("a", "l", "0", "7", "z"), minLength: 4, maxLength: 8 });
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), random, (nickname, ending) => {
      expect(readChannelName(firstChannelName(nickname, ending)).kind).toBe("name");
    }),
    { numRuns: 500 },
  );
});
