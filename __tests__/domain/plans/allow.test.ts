import fc from "fast-check";
import { expect, it } from "vitest";
import { allow } from "#domain/plans/allow.ts";
import type { UsageCounter } from "#domain/plans/usage.ts";

const evening = Date.parse("2026-01-02T23:59:00Z");
const plan = { requestsPerSecond: 2, requestsPerDay: 3 };
const route = { method: "POST", path: "/stream/a", share: { calls: 100, seconds: 60 } } as const;
const seldom = { ...route, share: { calls: 2, seconds: 60 } } as const;

/** Counts in memory, and remembers until when. */
const memory = () => {
  const counts = new Map<string, number>();
  const expiries = new Map<string, number>();
  const counter: UsageCounter = {
    async add(sub, window, expiresAt) {
      const key = `${sub} ${window}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      expiries.set(key, expiresAt);
      return counts.get(key) ?? 0;
    },
  };
  return { counter, counts, expiries };
};

it("allows as many calls a second as the plan says, and says that the next second is free", async () => {
  const { counter } = memory();
  const answers = [];
  for (let call = 0; call < 3; call += 1) answers.push(await allow("ana", route, plan, evening + call, counter));
  expect(answers).toEqual([
    { kind: "allowed" },
    { kind: "allowed" },
    { kind: "exceeded", by: "plan", limit: 2, seconds: 1, retryAfterSeconds: 1 },
  ]);
  expect(await allow("ana", route, plan, evening + 1000, counter)).toEqual({ kind: "allowed" });
});

it("allows as many calls a day as the plan says, until the day ends in UTC", async () => {
  const { counter } = memory();
  for (let call = 0; call < 3; call += 1) await allow("ana", route, plan, evening + call * 1000, counter);
  expect(await allow("ana", route, plan, evening + 30_500, counter)).toEqual({
    ...{ kind: "exceeded", by: "plan", limit: 3, seconds: 86_400 },
    retryAfterSeconds: 30,
  });
  expect(await allow("ana", route, plan, evening + 60_000, counter)).toEqual({ kind: "allowed" });
});

it("allows as many calls of a route as one user's share says, whatever the plan has", async () => {
  const { counter } = memory();
  for (const generous of [undefined, { requestsPerSecond: 1000, requestsPerDay: 1000 }]) {
    const sub = `user of ${generous?.requestsPerDay}`;
    const call = (at: number, of = seldom) => allow(sub, of, generous, at, counter);
    expect([await call(evening), await call(evening + 20_000)]).toEqual([{ kind: "allowed" }, { kind: "allowed" }]);
    expect(await call(evening + 20_500)).toEqual({
      ...{ kind: "exceeded", by: "share", limit: 2, seconds: 60 },
      retryAfterSeconds: 40,
    });
    expect(await call(evening, { ...seldom, path: "/stream/b" } as never)).toEqual({ kind: "allowed" });
    expect(await call(evening + 60_000)).toEqual({ kind: "allowed" });
  }
});

it("counts each user alone", async () => {
  const { counter } = memory();
  for (let call = 0; call < 5; call += 1) await allow("ana", seldom, plan, evening, counter);
  expect(await allow("ben", seldom, plan, evening, counter)).toEqual({ kind: "allowed" });
});

it("does not count on the day what a second refused, nor anything of the plan that a share refused", async () => {
  const { counter, counts } = memory();
  for (let call = 0; call < 50; call += 1) await allow("ana", route, plan, evening, counter);
  expect(counts.get(`ana DAY#${Date.parse("2026-01-02") / 1000}`)).toBe(2);
  for (let call = 0; call < 50; call += 1) await allow("ben", seldom, plan, evening, counter);
  expect(counts.get(`ben SECOND#${evening / 1000}`)).toBe(2);
});

it("counts nothing of a route without a share", async () => {
  const { counter, counts } = memory();
  const free = { method: "GET", path: "/stream/me" } as const;
  for (let call = 0; call < 5; call += 1) {
    expect(await allow("ana", free, plan, evening, counter)).toEqual({ kind: "allowed" });
  }
  expect(counts.size).toBe(0);
});

it("lets a count go an hour after its time", async () => {
  const { counter, expiries } = memory();
  await allow("ana", route, plan, evening, counter);
  const midnight = Date.parse("2026-01-03T00:00:00Z") / 1000;
  expect(Object.fromEntries(expiries)).toEqual({
    [`ana CALLS#POST /stream/a#${evening / 1000}`]: evening / 1000 + 60 + 3600,
    [`ana SECOND#${evening / 1000}`]: evening / 1000 + 1 + 3600,
    [`ana DAY#${midnight - 86_400}`]: midnight + 3600,
  });
});

it("whoever waits as long as they are told is let through by what refused them", () =>
  fc.assert(
    fc.asyncProperty(fc.nat(86_400_000), fc.integer({ min: 1, max: 120 }), async (offset, seconds) => {
      const { counter } = memory();
      const once = { ...route, share: { calls: 1, seconds } };
      const call = (at: number) => allow("ana", once, undefined, at, counter);
      await call(evening + offset);
      const refused = await call(evening + offset);
      if (refused.kind !== "exceeded") throw new Error("allowed twice");
      expect(refused.retryAfterSeconds).toBeGreaterThan(0);
      expect(refused.retryAfterSeconds).toBeLessThanOrEqual(seconds);
      expect(await call(evening + offset + refused.retryAfterSeconds * 1000)).toEqual({ kind: "allowed" });
    }),
  ));
