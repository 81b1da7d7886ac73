import { expect, it } from "vitest";
import { applyAgain } from "#cli/apply/again.ts";
import type { ApplyOptions } from "#cli/apply/verb.ts";
import { applyVerb } from "#cli/apply/verb.ts";
import { optionsOf } from "../onair/fixture/parsed-options.ts";

const reviewed = "0123456789abcdef".repeat(4);
const again = (...words: readonly string[]) =>
  applyAgain(["platform"], optionsOf(applyVerb, ["--reviewed", reviewed, ...words]) as unknown as ApplyOptions);

it("goes on with all that it was told, as a shell takes it", () => {
  const words = ["--aws", "--reviewed-plans", "my plans", "--allow", "allowed.json", "--wait", "5m"];
  expect(again(...words)).toBe(
    `onair apply platform --aws --reviewed ${reviewed} --reviewed-plans 'my plans' --allow allowed.json --wait 5m`,
  );
});

it("says nothing that it was not told", () => {
  expect(again()).toBe(`onair apply platform --reviewed ${reviewed}`);
});
