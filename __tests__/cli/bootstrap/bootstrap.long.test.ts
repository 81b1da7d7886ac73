import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startCloud } from "#local/cloud.ts";
import { PROJECT_VENV, REGION } from "../../support/deployed.ts";
import { startBootstrap } from "./fixture/bootstrap-process.ts";
import { stateHome } from "./fixture/state-home.ts";

test("interrupted at ten random moments, npm run bootstrap makes everything in the end", async () => {
  const folder = mkdtempSync(join(tmpdir(), "onair-bootstrap-"));
  const options = { folder: join(folder, "cloud"), venvFolder: PROJECT_VENV, port: 0, region: REGION };
  const cloud = await startCloud(options);
  const home = stateHome(cloud);
  try {
    for (let moment = 0; moment < 10; moment += 1) {
      const interrupted = startBootstrap(folder, cloud.environment);
      await sleep(1000 + Math.random() * 12_000);
      interrupted.child.kill("SIGINT");
      await interrupted.ended;
      expect(interrupted.errors()).not.toContain("LOCK_HELD");
      if (await home.hasTable()) expect(await home.lock()).toBeUndefined();
    }
    const last = startBootstrap(folder, cloud.environment);
    expect(await last.ended, last.errors()).toBe(0);
    const again = startBootstrap(folder, cloud.environment);
    expect(await again.ended, again.errors()).toBe(0);
    expect(again.output()).toContain("Nothing to do");
  } finally {
    await cloud.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
