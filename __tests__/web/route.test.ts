import fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf, routeOf } from "#web/route.ts";

test("a channel's address leads back to it, whatever its name", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: "grapheme" }).filter((name) => name !== "me"),
      (name) => {
        expect(routeOf(addressOf(name))).toEqual({ page: "channel", name });
      },
    ),
  );
});

test.each([
  ["/", { page: "home" }],
  ["/main-stage", { page: "channel", name: "main-stage" }],
  ["/main-stage/", { page: "channel", name: "main-stage" }],
  ["/me", { page: "me" }],
  ["/%E0%A4%A", { page: "home" }],
])("%s is the address of %o", (path, route) => {
  expect(routeOf(path)).toEqual(route);
});
