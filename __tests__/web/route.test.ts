import fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf, channelOf } from "#web/route.ts";

test("a channel's address leads back to it, whatever its name", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (name) => {
      expect(channelOf(addressOf(name))).toBe(name);
    }),
  );
});

test.each([
  ["/", undefined],
  ["/main-stage", "main-stage"],
  ["/main-stage/", "main-stage"],
  ["/%E0%A4%A", undefined],
])("%s is the address of %s", (path, name) => {
  expect(channelOf(path)).toBe(name);
});
