import { expect, it } from "vitest";
import { planOf } from "#domain/plans/plan.ts";

const everyone = { requestsPerSecond: 100, requestsPerDay: 5000 };
const moderators = { requestsPerSecond: 200, requestsPerDay: 10_000 };
const guests = { requestsPerSecond: 1, requestsPerDay: 10 };
const plans = { everyone, moderators, guests };

it("is everyone's for who is in no group, or in groups without a plan", () => {
  expect(planOf([], plans)).toBe(everyone);
  expect(planOf(["friends", "constructor", "__proto__"], plans)).toBe(everyone);
});

it("is the most generous one, in whatever order the groups come", () => {
  expect(planOf(["guests", "moderators"], plans)).toBe(moderators);
  expect(planOf(["moderators", "guests"], plans)).toBe(moderators);
  expect(planOf(["guests"], plans)).toBe(everyone);
});

it("is none when the settings have none for the user", () => {
  expect(planOf(["admins"], { moderators })).toBeUndefined();
});
