import { describe, expect, test } from "vitest";
import { compileLinkPolicy } from "#domain/moderation/links/policy.ts";

test("allow forbids nothing", () => {
  expect(compileLinkPolicy({ policy: "allow" })("https://example.com")).toBe(false);
});

test("deny forbids every link and nothing else", () => {
  const forbids = compileLinkPolicy({ policy: "deny" });
  expect(forbids("https://example.com")).toBe(true);
  expect(forbids("good evening")).toBe(false);
});

describe("allowed hosts", () => {
  const forbids = compileLinkPolicy({ policy: "allowedHosts", allowedHosts: ["example.com", "bücher.de"] });

  test.each([
    "no link",
    "https://example.com/x",
    "example.com",
    "EXAMPLE.com.",
    "clips.example.com/1 and https://a.b.example.com",
    "https://bücher.de",
    "xn--bcher-kva.de",
    "example dot com",
    "fan@example.com",
  ])("allow %s", (text) => {
    expect(forbids(text)).toBe(false);
  });

  test.each([
    ["another host", "other.com"],
    ["a host that ends alike", "notexample.com"],
    ["a host that begins alike", "example.com.evil.net"],
    ["an allowed host as user name", "https://example.com@evil.net"],
    ["an allowed host before a backslash", "https://evil.net\\@example.com"],
    ["one of two", "example.com evil.net"],
    ["a redirect through an allowed host", "https://example.com/?to=https://evil.net"],
    ["a look-alike of an allowed host", "https://еxample.com"],
    ["a host that is no host", "https://exa_mple..com"],
  ])("forbid %s", (_what, text) => {
    expect(forbids(text)).toBe(true);
  });
});
