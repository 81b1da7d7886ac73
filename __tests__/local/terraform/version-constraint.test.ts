import { describe, expect, test } from "vitest";
import { isConstraint, satisfies } from "#local/terraform/version-constraint.ts";

describe("a version constraint", () => {
  test.each([
    ["5.100.0", "~> 5.100"],
    ["5.101.3", "~> 5.100"],
    ["5.100.7", "~> 5.100.2"],
    ["6.25.0", ">= 5.100.0, < 7.0.0"],
    ["5.100.0", "5.100.0"],
    ["5.100.0", "= 5.100"],
    ["2.7.1+standin", "~> 2.7"],
    ["2.8.0", "!= 2.7.0, > 2.7, <= 2.8.0"],
  ])("takes %s for %s", (version, constraint) => {
    expect(satisfies(version, constraint)).toBe(true);
    expect(isConstraint(constraint)).toBe(true);
  });

  test.each([
    ["5.99.9", "~> 5.100"],
    ["6.0.0", "~> 5.100"],
    ["5.101.0", "~> 5.100.2"],
    ["7.0.0", ">= 5.100.0, < 7.0.0"],
    ["5.100.0-beta1", "~> 5.100"],
    ["not-a-version", "~> 5.100"],
  ])("does not take %s for %s", (version, constraint) => {
    expect(satisfies(version, constraint)).toBe(false);
  });

  test.each(["latest", "< 5, latest", "=> 5", "~> five", "", "5.1.2.3"])("is not %j", (text) => {
    expect(isConstraint(text)).toBe(false);
  });

  test.each(["latest", "=> 5", "~> five", ""])("is refused when it reads %j", (constraint) => {
    expect(() => satisfies("5.100.0", constraint)).toThrow(`"${constraint}" is no version constraint`);
  });
});
