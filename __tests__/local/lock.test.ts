import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acquireLock, isAlive, LockHeld, waitForLock } from "#local/lock.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "onair-lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

const heldBy = async (pid: string) => {
  await mkdir(join(folder, "lock"));
  await writeFile(join(folder, "lock", "pid"), pid);
};
const deadPid = () => String(spawnSync("true").pid);

describe("a lock", () => {
  it("is held by one at a time", async () => {
    const lock = await acquireLock(join(folder, "lock"));
    await expect(acquireLock(join(folder, "lock"))).rejects.toThrow(LockHeld);
    await lock.release();
    await (await acquireLock(join(folder, "lock"))).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it("goes to one of many that try at once", async () => {
    const tries = Array.from({ length: 20 }, () => acquireLock(join(folder, "lock")));
    const results = await Promise.allSettled(tries);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  });

  it("of a process that is gone is taken over", async () => {
    await heldBy(deadPid());
    await (await acquireLock(join(folder, "lock"))).release();
  });

  it("is waited for, and the holder is told once", async () => {
    const path = join(folder, "lock");
    const first = await acquireLock(path);
    const told: number[] = [];
    const second = waitForLock(path, (pid) => told.push(pid));
    setTimeout(() => first.release(), 300);
    await (await second).release();
    expect(told).toEqual([process.pid]);
  });
});

describe("a process", () => {
  it("is alive until it has ended", () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(Number(deadPid()))).toBe(false);
  });
});
