import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonErrorPlace } from "#handlers/shared/api/json-place.ts";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("where a text stops being JSON", () => {
  it.each([
    ["", 1, 1],
    ['{"a": }', 1, 7],
    ['{"a": 1,}', 1, 9],
    ['{"a" 1}', 1, 6],
    ["{a: 1}", 1, 2],
    ["[1, 2", 1, 6],
    ["[1 2]", 1, 4],
    ["[1,]", 1, 4],
    ['{\n  "a": tru\n}', 2, 8],
    ['{"a": 01}', 1, 8],
    ['"open', 1, 1],
    ["1 2", 1, 3],
    ["}", 1, 1],
  ])("is found in %j", (text, line, column) => {
    expect(jsonErrorPlace(text)).toEqual({ line, column });
  });

  it("is nowhere in JSON", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 1), (text, spaces) => {
        expect(jsonErrorPlace(JSON.stringify(JSON.parse(text), null, spaces))).toBeUndefined();
      }),
    );
  });

  it("is somewhere in every text that the engine refuses, and in no other", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"\\u00e9"',
      '"',
      "\\",
      "1",
      "-0.5e3",
      "null",
      " ",
      "\n",
      "\u007f",
    );
    const texts = fc.oneof(
      fc.array(pieces).map((each) => each.join("")),
      fc.string(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(jsonErrorPlace(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 500 },
    );
  });
});
