import fc from "fast-check";
import { expect, test } from "vitest";
import { nearest } from "#cli/onair/nearest.ts";

test("finds the word that was meant", () => {
  expect(nearest("main-stag", ["backstage", "main-stage"])).toBe("main-stage");
  expect(nearest("mian-stage", ["main-stage"])).toBe("main-stage");
  expect(nearest("stage", ["main-stage"])).toBeUndefined();
  expect(nearest("x", [])).toBeUndefined();
});

test("prefers the word itself to its neighbours", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.array(fc.string()), (word, others) => {
      expect(nearest(word, [...others, word])).toBe(word);
    }),
  );
});
