import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { moderationRules } from "#domain/moderation/rules.ts";
import { stickers } from "#domain/moderation/stickers.ts";

const problems = (settings: unknown) =>
  v.safeParse(moderationRules, settings).issues?.map((issue) => ({
    path: v.getDotPath(issue),
    rule: issue.message,
    got: issue.input,
  }));

test("fills in every default", () => {
  expect(v.parse(moderationRules, {})).toEqual({
    maximumLength: 500,
    attributes: { allowed: { sticker: [...stickers], raiseHand: ["true"] }, others: "deny" },
    repeatedCharacters: { limit: 10, action: "shorten" },
    capitalLetters: { maximumPercent: 100, minimumLetters: 12, action: "lowercase" },
    blockedWords: { wholeWord: [], anywhere: [], exceptions: [] },
    links: { policy: "allow" },
  });
});

test("takes its own result again, as the bundle does", () => {
  const rules = v.parse(moderationRules, {
    blockedWords: { wholeWord: ["spam", "buy followers"] },
    links: { policy: "allowedHosts", allowedHosts: ["example.com"] },
    attributes: { allowed: { sticker: ["wave"], reply: "any" } },
  });
  expect(v.parse(moderationRules, JSON.parse(JSON.stringify(rules)))).toEqual(rules);
});

const plainly =
  "is not 2 to 40 letters or digits, with single spaces inside a phrase " +
  "(write it plainly: look-alike characters are found by themselves)";
const bareHost =
  "is not a bare host such as example.com (no scheme, port, path or *: subdomains are allowed with their host)";

describe("refuses with path, rule and value", () => {
  test.each<[settings: unknown, path: string, rule: string, got: unknown]>([
    [{ maximumLength: 501 }, "maximumLength", "is not a whole number, 1 to 500", 501],
    [{ maximumLength: 0 }, "maximumLength", "is not a whole number, 1 to 500", 0],
    [{ maximumLength: 1.5 }, "maximumLength", "is not a whole number, 1 to 500", 1.5],
    [{ maximumLength: "500" }, "maximumLength", "is not a whole number, 1 to 500", "500"],
    [{ repeatedCharacters: { limit: 0 } }, "repeatedCharacters.limit", "is not a whole number, 1 to 500", 0],
    [{ repeatedCharacters: { action: "cut" } }, "repeatedCharacters.action", "is not one of shorten, deny", "cut"],
    [
      { capitalLetters: { maximumPercent: 101 } },
      "capitalLetters.maximumPercent",
      "is not a whole number, 0 to 100",
      101,
    ],
    [{ attributes: { others: "keep" } }, "attributes.others", "is not one of remove, deny", "keep"],
    [
      { attributes: { allowed: { reply: "all" } } },
      "attributes.allowed.reply",
      'is not "any" or a list of values',
      "all",
    ],
    [{ blockedWords: { wholeWord: "spam" } }, "blockedWords.wholeWord", "is not a list of words", "spam"],
    [{ blockedWords: { wholeWord: ["ok", "a"] } }, "blockedWords.wholeWord.1", plainly, "a"],
    [{ blockedWords: { anywhere: ["$pam"] } }, "blockedWords.anywhere.0", plainly, "$pam"],
    [{ blockedWords: { anywhere: ["two  spaces"] } }, "blockedWords.anywhere.0", plainly, "two  spaces"],
    [{ blockedWords: { exceptions: ["x".repeat(41)] } }, "blockedWords.exceptions.0", plainly, "x".repeat(41)],
    [{ links: { policy: "none" } }, "links.policy", "is not one of allow, deny, allowedHosts", "none"],
    [{ links: { policy: "allowedHosts", allowedHosts: [] } }, "links.allowedHosts", "names no host", []],
    ...["https://example.com", "example.com/x", "*.example.com", "example.com:80", "localhost", "a b.com"].map(
      (host): [unknown, string, string, unknown] => [
        { links: { policy: "allowedHosts", allowedHosts: [host] } },
        "links.allowedHosts.0",
        bareHost,
        host,
      ],
    ),
  ])("%j", (settings, path, rule, got) => {
    expect(problems(settings)).toEqual([{ path, rule, got }]);
  });

  test("a list of a thousand and one words", () => {
    const anywhere = Array.from({ length: 1001 }, () => "spam");
    expect(problems({ blockedWords: { anywhere } })?.[0]?.rule).toBe("is more than 1000 words");
  });
});

test.each([
  [{ blockedWord: [] }, "blockedWord"],
  [{ blockedWords: { whole: [] } }, "blockedWords.whole"],
  [{ links: { policy: "deny", allowedHosts: ["example.com"] } }, "links.allowedHosts"],
  [{ repeatedCharacters: { maximum: 3 } }, "repeatedCharacters.maximum"],
  [{ capitalLetters: { limit: 3 } }, "capitalLetters.limit"],
  [{ attributes: { sticker: [] } }, "attributes.sticker"],
])("refuses the unknown key in %j", (settings, path) => {
  expect(problems(settings)?.map((problem) => problem.path)).toEqual([path]);
});
