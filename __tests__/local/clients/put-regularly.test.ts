import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { putRegularly } from "#local/clients/put-regularly.ts";

const start = (put: () => Promise<void>) => {
  const reports: string[] = [];
  const regular = putRegularly({ what: "Metrics", milliseconds: 5, put, report: (line) => reports.push(line) });
  onTestFinished(regular.stop);
  return { ...regular, reports };
};

test("what cannot be put is told once, and again after it could", async () => {
  const outcomes = ["down", "down", undefined, "gone"];
  let puts = 0;
  const { reports } = start(async () => {
    const failure = outcomes[puts++];
    if (failure !== undefined) throw new Error(failure);
  });
  await expect.poll(() => puts).toBeGreaterThan(4);
  expect(reports).toEqual(["Metrics cannot be put: down", "Metrics cannot be put: gone"]);
});

test("no second put is begun while one lasts, and the end waits for it", async () => {
  let [begun, ended] = [0, 0];
  const { stop } = start(async () => {
    begun += 1;
    await sleep(300);
    ended += 1;
  });
  await expect.poll(() => begun).toBe(1);
  await sleep(30);
  await stop();
  await sleep(30);
  expect([begun, ended]).toEqual([1, 1]);
});
