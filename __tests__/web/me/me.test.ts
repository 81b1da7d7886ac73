import { expect, test } from "vitest";
import { lengthText } from "#web/me/length.ts";
import { pictureFault } from "#web/me/picture.ts";

test.each([
  [48_400, "48 s"],
  [59_600, "1 min"],
  [720_000, "12 min"],
  [11_100_000, "3 h 5 min"],
  [-5, "0 s"],
])("%i ms last %s", (milliseconds, text) => {
  expect(lengthText(milliseconds)).toBe(text);
});

test.each([
  ["image/gif", 10, "Choose a PNG, JPEG or WebP picture."],
  ["image/png", 262_145, "It has 257 KB; it may have 256."],
  ["image/webp", 262_144, undefined],
])("a picture of type %s with %i bytes: %s", (type, size, fault) => {
  expect(pictureFault({ type, size })).toBe(fault);
});
