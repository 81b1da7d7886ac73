import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matcher, PatternError } from "#local/archive-provider/globs.ts";

const excludes = (pattern: string, path: string): boolean => matcher([pattern])(path);

describe("excludes", () => {
  test.each([
    ["node_modules", "node_modules"],
    ["node_modules/**", "node_modules"],
    ["node_modules/**", "node_modules/a/b.js"],
    ["node_modules/**/", "node_modules"],
    ["*.map", "index.map"],
    ["**/*.map", "index.map"],
    ["**/*.map", "a/b/index.map"],
    ["**", "a/b/c"],
    ["a/**/b", "a/b"],
    ["a/**/b", "a/x/y/b"],
    ["a/**b", "a/xb"],
    ["a?c", "abc"],
    ["a?c", "a😀c"],
    ["[a-c].txt", "b.txt"],
    ["[!a-c].txt", "d.txt"],
    ["[^a-c].txt", "d.txt"],
    ["[a\\]].txt", "].txt"],
    ["[a\\-z].txt", "-.txt"],
    ["[az-].txt", "-.txt"],
    ["[{].txt", "{.txt"],
    ["{a,b}.txt", "b.txt"],
    ["{a,b/{c,d}}.txt", "b/d.txt"],
    ["{a,}x", "x"],
    ["{a\\,b}", "a,b"],
    ["\\*", "*"],
    ["a}b", "a}b"],
    ["a|b", "a|b"],
    ["*", "."],
  ])("%s leaves out %s", (pattern, path) => {
    expect(excludes(pattern, path)).toBe(true);
  });

  test.each([
    ["node_modules", "a/node_modules"],
    ["node_modules", "node_modules_2"],
    ["*.map", "a/index.map"],
    ["a/**", "ab"],
    ["a/**b", "a/x/b"],
    ["a/**/b", "ab"],
    ["a?c", "a/c"],
    ["a[!x]c", "a/c"],
    ["[a-c].txt", "d.txt"],
    ["[!a-c].txt", "b.txt"],
    ["[a\\-z].txt", "m.txt"],
    ["{a,b}.txt", "c.txt"],
    ["\\*", "a"],
    ["a.c", "abc"],
    ["a|b", "a"],
    ["A", "a"],
  ])("%s keeps %s", (pattern, path) => {
    expect(excludes(pattern, path)).toBe(false);
  });

  test.each(["[a", "[]", "[!]a", "{a,b", "a\\", "[a\\"])("%s is refused", (pattern) => {
    expect(() => matcher([pattern])).toThrow(new PatternError());
    expect(() => matcher([pattern])).toThrow("syntax error in pattern");
  });

  test("an empty pattern excludes nothing", () => {
    expect(excludes("", "")).toBe(false);
  });

  test("a path with every sign escaped matches itself, and nothing else of the same length", () => {
    const path = fc
      .array(
        fc.string({ unit: "grapheme-ascii", minLength: 1 }).filter((name) => !name.includes("/")),
        { minLength: 1 },
      )
      .map((names) => names.join("/"));
    fc.assert(
      fc.property(path, path, (one, other) => {
        const test = matcher([one.replace(/[^/\w]/g, "\\$&")]);
        expect(test(one)).toBe(true);
        expect(test(other)).toBe(one === other);
      }),
    );
  });

  test("any pattern is either understood or refused, and answered at once", () => {
    const sign = fc.constantFrom("a", "b", "/", "*", "**", "?", "[", "]", "{", "}", ",", "!", "^", "-", "\\", ".");
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), fc.array(sign, { maxLength: 12 }), (pattern, path) => {
        try {
          matcher([pattern.join("")])(path.join(""));
        } catch (error) {
          expect(error).toBeInstanceOf(PatternError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
