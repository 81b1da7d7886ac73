import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Crew } from "./fixture/crew.ts";
import { type BeforeCall, Platform } from "./fixture/platform.ts";

/** As many accounts as are worked on at once on AWS: five functions, five messages each. */
const places = 25;
const signUps = 30;

let platform: Platform;
beforeAll(async () => {
  platform = await Platform.start({ rates: "service" });
});
afterAll(() => platform[Symbol.asyncDispose]());

/** The most calls that fall into any second. */
const mostInASecond = (times: readonly number[]) =>
  Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1000).length));

test("30 sign-ups at once all complete, with at most five calls of a kind in any second and none refused", async () => {
  const crew = new Crew(platform);
  const times = new Map<string, number[]>();
  const refused: unknown[] = [];
  const before: BeforeCall = async (operation, send) => {
    times.set(operation, [...(times.get(operation) ?? []), performance.now()]);
    return send().catch((error) => {
      if (error.name === "ThrottlingException") refused.push(operation);
      throw error;
    });
  };
  const subs = Array.from({ length: signUps }, () => randomUUID());
  await Promise.all(subs.map((sub) => crew.signUp(sub)));
  const ports = platform.ports({ paced: true, before });
  const workOff = async () => {
    for (let one = crew.backlog.shift(); one !== undefined; one = crew.backlog.shift()) await crew.take(one, ports);
  };
  await Promise.all(Array.from({ length: places }, workOff));

  const accounts = await Promise.all(subs.map((sub) => crew.store.read(sub)));
  expect(accounts.filter((account) => account?.stage !== "complete")).toEqual([]);
  expect(new Set(accounts.map((account) => account?.channelArn)).size).toBe(signUps);
  expect(refused).toEqual([]);
  for (const operation of ["CreateChannel", "GetChannel", "CreateRoom"]) {
    const called = times.get(operation) ?? [];
    expect([operation, called.length]).toEqual([operation, signUps]);
    expect(mostInASecond(called), operation).toBeLessThanOrEqual(5);
  }
});
