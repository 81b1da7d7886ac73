import fc from "fast-check";
import { expect, test } from "vitest";
import { piecesOf } from "#web/chat/links.ts";

const links = (message: string) => piecesOf(message).flatMap(({ href }) => href ?? []);

test("nothing of a message is lost", () => {
  const words = fc.constantFrom("https://a.example/x", "http://", "(", ")", ".", " ", "<b>", "HTTPS://B.example?q=1");
  const messages = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(words).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(messages, (message) => {
      expect(
        piecesOf(message)
          .map(({ text }) => text)
          .join(""),
      ).toBe(message);
    }),
  );
});

test("nothing but web addresses can be followed", () => {
  const schemes = fc.constantFrom("javascript:", "data:", "vbscript:", "file:///", "//", "mailto:");
  fc.assert(fc.property(schemes, fc.webPath(), (scheme, path) => links(`${scheme}${path}`).length === 0));
  fc.assert(fc.property(fc.string(), (message) => links(message).every((href) => /^https?:\/\//.test(href))));
});

test.each([
  ["see https://a.example/b?c=1#d.", ["https://a.example/b?c=1#d"]],
  ["(https://a.example)", ["https://a.example/"]],
  ["https://a.example, HTTP://b.example!", ["https://a.example/", "http://b.example/"]],
  ["a.example and https://", []],
])("%j has the links %j", (message, expected) => {
  expect(links(message)).toEqual(expected);
});
