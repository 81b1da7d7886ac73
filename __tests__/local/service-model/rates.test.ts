import { describe, expect, test } from "vitest";
import { createRateLimiter } from "#local/service-model/rates.ts";

const place = "000000000000 eu-west-1";
const rates = {
  CreateThing: [{ perSecond: 2 }],
  PutMetadata: [{ perSecond: 2, per: "channelArn" }, { perSecond: 3 }],
};

/** How many of so many calls at one moment are let through. */
const passing = (
  limit: ReturnType<typeof createRateLimiter>,
  calls: number,
  call: Parameters<typeof limit>[0],
  input = {},
) => {
  let passed = 0;
  for (let count = 0; count < calls; count += 1) {
    try {
      limit(call, input);
      passed += 1;
    } catch {
      // Counted by not being counted.
    }
  }
  return passed;
};

describe("a rate", () => {
  test("lets one second's worth through at once, then refills with time", () => {
    const limit = createRateLimiter(rates);
    expect(passing(limit, 5, { place, operation: "CreateThing", now: 0 })).toBe(2);
    expect(passing(limit, 5, { place, operation: "CreateThing", now: 499 })).toBe(0);
    expect(passing(limit, 5, { place, operation: "CreateThing", now: 1000 })).toBe(2);
    expect(passing(limit, 50, { place, operation: "CreateThing", now: 60_000 })).toBe(2);
  });

  test("begins anew when the clock is put back", () => {
    const limit = createRateLimiter(rates);
    passing(limit, 5, { place, operation: "CreateThing", now: 3_600_000 });
    expect(passing(limit, 5, { place, operation: "CreateThing", now: 0 })).toBe(2);
    expect(passing(limit, 5, { place, operation: "CreateThing", now: 1000 })).toBe(2);
  });

  test("refuses with the limit in the message", () => {
    const limit = createRateLimiter(rates);
    const call = { place, operation: "CreateThing", now: 0 };
    passing(limit, 2, call);
    expect(() => limit(call, {})).toThrow("Rate exceeded: CreateThing allows 2 calls per second");
  });

  test("is counted for each account and region by itself", () => {
    const limit = createRateLimiter(rates);
    passing(limit, 5, { place, operation: "CreateThing", now: 0 });
    expect(passing(limit, 5, { place: "111122223333 eu-west-1", operation: "CreateThing", now: 0 })).toBe(2);
  });

  test("may be counted for each channel, and for the account as a whole as well", () => {
    const limit = createRateLimiter(rates);
    const call = { place, operation: "PutMetadata", now: 0 };
    expect(passing(limit, 5, call, { channelArn: "a" })).toBe(2);
    expect(passing(limit, 5, call, { channelArn: "b" })).toBe(1);
    expect(passing(limit, 5, call, { channelArn: "c" })).toBe(0);
  });

  test("does not hold for operations without one", () => {
    const limit = createRateLimiter(rates);
    for (const operation of ["GetThing", "constructor", "__proto__"]) {
      expect(passing(limit, 100, { place, operation, now: 0 })).toBe(100);
    }
  });
});
