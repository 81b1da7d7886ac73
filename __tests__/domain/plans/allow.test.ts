import { expect, it } from "vitest";
import { allow } from "#domain/plans/allow.ts";
import type { UsageCounter } from "#domain/plans/usage.ts";

const evening = Date.parse("2026-01-02T23:59:00Z");
const plan = { requestsPerSecond: 2, requestsPerDay: 3 };

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
  for (let call = 0; call < 3; call += 1) answers.push(await allow("ana", plan, evening + call, counter));
  expect(answers).toEqual([
    { kind: "allowed" },
    { kind: "allowed" },
    { kind: "exceeded", limit: 2, per: "second", retryAfterSeconds: 1 },
  ]);
  expect(await allow("ana", plan, evening + 1000, counter)).toEqual({ kind: "allowed" });
});

it("allows as many calls a day as the plan says, until the day ends in UTC", async () => {
  const { counter } = memory();
  for (let call = 0; call < 3; call += 1) await allow("ana", plan, evening + call * 1000, counter);
  expect(await allow("ana", plan, evening + 30_500, counter)).toEqual({
    kind: "exceeded",
    limit: 3,
    per: "day",
    retryAfterSeconds: 30,
  });
  expect(await allow("ana", plan, evening + 60_000, counter)).toEqual({ kind: "allowed" });
});

it("counts each user alone", async () => {
  const { counter } = memory();
  for (let call = 0; call < 5; call += 1) await allow("ana", plan, evening, counter);
  expect(await allow("ben", plan, evening, counter)).toEqual({ kind: "allowed" });
});

it("does not count on the day what a second refused", async () => {
  const { counter, counts } = memory();
  for (let call = 0; call < 50; call += 1) await allow("ana", plan, evening, counter);
  expect(counts.get("ana DAY#2026-01-02")).toBe(2);
});

it("lets a count go an hour after its second or day", async () => {
  const { counter, expiries } = memory();
  await allow("ana", plan, evening, counter);
  expect(Object.fromEntries(expiries)).toEqual({
    [`ana SECOND#${evening / 1000}`]: evening / 1000 + 3600,
    "ana DAY#2026-01-02": Date.parse("2026-01-03T01:00:00Z") / 1000,
  });
});
