import fc from "fast-check";
import { expect, test } from "vitest";
import { isAtLeast, parseVersion, type Version, versionText } from "#cli/prerequisites/version.ts";

test.each([
  ["Python 3.11.7", [3, 11, 7]],
  ["1.11", [1, 11, 0]],
  ["v20.19.0-rc1", [20, 19, 0]],
])("finds the version in %s", (text, version) => {
  expect(parseVersion(text)).toEqual(version);
});

test("finds none where there is none", () => {
  expect(parseVersion("command not found")).toBeUndefined();
});

const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)) as fc.Arbitrary<Version>;

test("orders versions as numbers, part by part", () => {
  const rank = ([major, minor, patch]: Version) => (major * 100 + minor) * 100 + patch;
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(isAtLeast(a, b)).toBe(rank(a) >= rank(b));
    }),
  );
});

test("reads back what it writes", () => {
  fc.assert(
    fc.property(version, (any) => {
      expect(parseVersion(versionText(any))).toEqual(any);
    }),
  );
});
