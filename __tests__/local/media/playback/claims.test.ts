import { expect, test } from "vitest";
import { channelArn, check, nowSeconds, refusalText, requestFrom, sign, uuid } from "./fixture.ts";

const viewer = { "aws:viewer-id": "bob" };
const origins = (count: number) =>
  Array.from({ length: count }, (_, index) => `https://${index}.example.com`).join(",");
const viewerIdRule = "aws:viewer-id must be a string of 1 to 40 characters";
const resolutionRule = "aws:maximum-resolution must be SD, HD, FULL_HD";
const versionRule = "aws:viewer-session-version must be an integer of 64 bits";
const strictRule = "aws:access-control-allow-origin must name at most 5 origins if strict";
const secondsRule = "exp must be an integer, in seconds since 1970";

const cases: readonly [what: string, claims: Record<string, unknown>, refusal: string | undefined][] = [
  ["nothing but what is required", {}, undefined],
  ["a claim that IVS does not know", { sub: "bob", "aws:other": 1 }, undefined],

  ["no channel", { "aws:channel-arn": undefined }, "aws:channel-arn is required, a string"],
  ["a channel that is a number", { "aws:channel-arn": 7 }, "aws:channel-arn is required, a string"],
  ["an empty channel", { "aws:channel-arn": "" }, "aws:channel-arn is required, a string"],
  ["another channel", { "aws:channel-arn": `${channelArn}7` }, "aws:channel-arn names another channel"],

  ["no exp", { exp: undefined }, secondsRule],
  ["exp as text", { exp: String(nowSeconds + 300) }, secondsRule],
  ["exp with a fraction", { exp: nowSeconds + 300.5 }, secondsRule],
  ["exp null", { exp: null }, secondsRule],
  ["exp one second ahead", { exp: nowSeconds + 1 }, undefined],
  ["exp now", { exp: nowSeconds }, "token is expired by 0 s"],
  ["exp a minute ago", { exp: nowSeconds - 60 }, "token is expired by 60 s"],
  ["exp years ahead", { exp: 99_999_999_999 }, undefined],
  [
    "exp in milliseconds",
    { exp: 1_767_323_345_000 },
    "exp 1767323345000 is in milliseconds; it must be in seconds since 1970",
  ],

  [
    "origins as a list",
    { "aws:access-control-allow-origin": ["https://a.example.com"] },
    "aws:access-control-allow-origin must be a string",
  ],
  ["no origin in particular", { "aws:access-control-allow-origin": "" }, undefined],
  ["six origins", { "aws:access-control-allow-origin": origins(6) }, undefined],
  [
    "strictness as text",
    { "aws:strict-origin-enforcement": "true" },
    "aws:strict-origin-enforcement must be true or false",
  ],
  ["strictness off", { "aws:strict-origin-enforcement": false }, undefined],
  [
    "six origins, strictly",
    { "aws:access-control-allow-origin": origins(6), "aws:strict-origin-enforcement": true },
    strictRule,
  ],

  ["a single-use id that is no UUID", { "aws:single-use-uuid": "once" }, "aws:single-use-uuid must be a UUID"],
  ["a single-use id null", { "aws:single-use-uuid": null }, "aws:single-use-uuid must be a UUID"],
  ["single use within ten minutes", { "aws:single-use-uuid": uuid, exp: nowSeconds + 600 }, undefined],
  [
    "single use beyond ten minutes",
    { "aws:single-use-uuid": uuid, exp: nowSeconds + 601 },
    "exp must be at most 600 s ahead with aws:single-use-uuid",
  ],

  ["a viewer id that is a number", { "aws:viewer-id": 7 }, viewerIdRule],
  ["an empty viewer id", { "aws:viewer-id": "" }, viewerIdRule],
  ["a viewer id of 40 characters", { "aws:viewer-id": "x".repeat(40) }, undefined],
  ["a viewer id of 41 characters", { "aws:viewer-id": "x".repeat(41) }, viewerIdRule],
  ["a viewer id within ten minutes", { ...viewer, exp: nowSeconds + 600 }, undefined],
  [
    "a viewer id beyond ten minutes",
    { ...viewer, exp: nowSeconds + 601 },
    "exp must be at most 600 s ahead with aws:viewer-id",
  ],

  ["a version without a viewer", { "aws:viewer-session-version": 1 }, "aws:viewer-session-version needs aws:viewer-id"],
  ["a version of a viewer", { ...viewer, "aws:viewer-session-version": 1 }, undefined],
  ["a version as text", { ...viewer, "aws:viewer-session-version": "1" }, versionRule],
  ["a version with a fraction", { ...viewer, "aws:viewer-session-version": 1.5 }, versionRule],
  ["a version beyond 64 bits", { ...viewer, "aws:viewer-session-version": 2 ** 63 }, versionRule],

  ["resolution SD", { "aws:maximum-resolution": "SD" }, undefined],
  ["resolution HD", { "aws:maximum-resolution": "HD" }, undefined],
  ["resolution FULL_HD", { "aws:maximum-resolution": "FULL_HD" }, undefined],
  ["resolution 4K", { "aws:maximum-resolution": "4K" }, resolutionRule],
  ["resolution in small letters", { "aws:maximum-resolution": "hd" }, resolutionRule],
  ["resolution null", { "aws:maximum-resolution": null }, resolutionRule],
];

test.each(cases)("a token with %s", async (_, claims, refusal) => {
  expect(refusalText(check(await sign(claims)))).toBe(refusal);
});

test("five origins may be enforced strictly", async () => {
  const token = await sign({ "aws:access-control-allow-origin": origins(5), "aws:strict-origin-enforcement": true });
  expect(refusalText(check(token, requestFrom("https://4.example.com")))).toBeUndefined();
});
