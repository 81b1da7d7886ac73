import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { kept } from "#cli/page/kept.ts";

test("asks again only after a while, and shares what is under way", async () => {
  let [now, count] = [0, 0];
  const ask = kept(
    1000,
    async () => ++count,
    () => now,
  );
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  now = 999;
  expect(await ask()).toBe(1);
  now = 1000;
  expect(await ask()).toBe(2);
});

test("asks what failed no more often", async () => {
  let [now, count] = [0, 0];
  const ask = kept(
    1000,
    async () => {
      count += 1;
      throw new Error("down");
    },
    () => now,
  );
  await expect(ask()).rejects.toThrow("down");
  await expect(ask()).rejects.toThrow("down");
  expect(count).toBe(1);
  now = 1000;
  await expect(ask()).rejects.toThrow("down");
  expect(count).toBe(2);
});

test("goes on asking when the clock is put back", async () => {
  const clock = vi.spyOn(Date, "now");
  onTestFinished(() => clock.mockRestore());
  let count = 0;
  const ask = kept(5, async () => ++count);
  await ask();
  clock.mockReturnValue(Date.now() - 3_600_000);
  await sleep(20);
  expect(await ask()).toBe(2);
});
