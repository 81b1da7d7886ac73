import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { leftovers, newFolder, removeFolder, startProcess, whenReady } from "./fixture/start-process.ts";

const moments = 20;
/** A first start is deploying from some six seconds on. */
const longestMilliseconds = 30_000;
/** Signals are listened to from here on; before, nothing has been started. */
const shortestMilliseconds = 800;

const folder = newFolder("empty");
afterAll(() => removeFolder(folder));

test(`interrupted at ${moments} random moments it leaves no process and no lock, and the last one gets ready`, async () => {
  for (let moment = 0; moment < moments; moment += 1) {
    const after = shortestMilliseconds + Math.random() * (longestMilliseconds - shortestMilliseconds);
    const started = startProcess(folder);
    await Promise.race([started.ended, sleep(after)]);
    started.interrupt();
    const code = await started.ended;
    const said = `after ${Math.round(after)} ms:\n${started.errors()}`;
    expect(started.errors(), said).not.toContain("LOCK_HELD");
    expect(await leftovers(folder), said).toEqual([]);
    expect(existsSync(join(folder, "run.json")), said).toBe(false);
    expect([0, 130, "SIGINT"], said).toContain(code);
  }
  const last = startProcess(folder);
  await whenReady(folder, last);
  last.interrupt();
  expect(await last.ended).toBe(0);
});
