import fc from "fast-check";
import { expect, test } from "vitest";
import { coversOrigin, mayPlayFrom } from "#local/media/playback/origins.ts";

test.each([
  ["https://example.com", "https://example.com", true],
  ["https://example.com", "https://EXAMPLE.com", true],
  ["https://example.com", "http://example.com", false],
  ["https://example.com", "https://example.com:8443", false],
  ["https://example.com:8443", "https://example.com:8443", true],
  ["https://*.example.com", "https://live.example.com", true],
  ["https://*.example.com", "https://a.b.example.com", true],
  ["https://*.example.com", "https://example.com", false],
  ["https://*.example.com", "https://evilexample.com", false],
  ["https://*.example.com", "https://example.com.evil.example", false],
  ["https://*.example.com", "http://live.example.com", false],
  ["https://*.example.com", "https://live.example.com:8443", false],
  ["https://*.example.com:8443", "https://live.example.com:8443", true],
  ["https://*.example.com", "https://evil.example/.example.com", false],
  ["https://*.example.com", "https://evil@live.example.com", false],
  ["https://live.*.com", "https://live.example.com", false],
  ["example.com", "https://example.com", false],
  ["*", "https://example.com", true],
  ["null", "null", true],
  ["https://*.example.com", "null", false],
  ["http://127.0.0.1:5173", "http://127.0.0.1:5173", true],
])("%s for a page of %s: %s", (allowed, origin, covers) => {
  expect(coversOrigin(allowed, origin)).toBe(covers);
});

test("a wildcard covers every name that ends as it does, and nothing else", () => {
  const property = fc.property(fc.domain(), fc.domain(), (name, ending) => {
    expect(coversOrigin(`https://*.${ending}`, `https://${name}.${ending}`)).toBe(true);
    expect(coversOrigin(`https://*.${ending}`, `https://${name}`)).toBe(name.endsWith(`.${ending}`));
  });
  fc.assert(property);
});

test("nothing that a browser may send throws", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (allowed, origin) => typeof coversOrigin(allowed, origin) === "boolean"),
  );
});

test("an empty list allows every page, and strictly none without an Origin header", () => {
  expect(mayPlayFrom({ origins: [], strict: false }, undefined)).toBe(true);
  expect(mayPlayFrom({ origins: [], strict: true }, "https://example.com")).toBe(true);
  expect(mayPlayFrom({ origins: [], strict: true }, undefined)).toBe(false);
});
