import { expect, it } from "vitest";
import { LeaseLostError } from "#domain/accounts/lease.ts";
import { later, postponement } from "#domain/accounts/outcome.ts";
import { ServiceError, type ServiceErrorCode } from "#domain/accounts/service-error.ts";

it.each<[ServiceErrorCode, string, number]>([
  ["THROTTLED", "throttled", 2000],
  // Tried again as soon, but not counted as too many calls: whoever is told of throttles would look for a quota.
  ["UNAVAILABLE", "unavailable", 2000],
  ["CONFLICT", "still-live", 5000],
  ["QUOTA", "quota", 300_000],
  ["GONE", "changed", 1000],
])("what the service refuses with %s is put off as %s, for %i ms", (code, why, retryInMilliseconds) => {
  expect(later(postponement(new ServiceError(code, "StopStream")))).toEqual({
    kind: "later",
    why,
    retryInMilliseconds,
  });
});

it("whose lease was taken comes back at once, and what is no refusal is thrown on", () => {
  expect(postponement(new LeaseLostError())).toBe("changed");
  const other = new TypeError("not a refusal");
  expect(() => postponement(other)).toThrow(other);
});
