import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installArchiveStandIn } from "#local/archive-provider/install.ts";

/** Installs into one folder after another until it is killed. */
const ENDLESS_INSTALLS = `
  import { installArchiveStandIn } from "#local/archive-provider/install.ts";
  for (let number = 0; ; number += 1) {
    await installArchiveStandIn(process.argv[1] + "/" + number);
    if (number === 0) console.log("started");
  }
`;

let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "onair-killed-"));
});
afterAll(() => rmSync(home, { recursive: true }));

test("an install killed at any moment leaves the whole package or none, and the next one clears up", async () => {
  const reference = join(home, "reference");
  const executable = await installArchiveStandIn(reference);
  const whole = readFileSync(executable);

  for (let round = 0; round < 6; round += 1) {
    const folder = join(home, `round-${round}`);
    const installer = spawn(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "--eval", ENDLESS_INSTALLS, folder],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await once(installer.stdout, "data");
    await sleep(Math.random() * 60);
    const ended = once(installer, "exit");
    installer.kill("SIGKILL");
    await ended;

    const mirrors = readdirSync(folder).filter((name) => !name.includes(".installing-"));
    for (const mirror of mirrors) {
      const path = join(folder, mirror, relative(reference, executable));
      if (!existsSync(dirname(path))) continue;
      expect(readFileSync(path)).toEqual(whole);
      expect(existsSync(join(dirname(path), "package.json"))).toBe(true);
    }
    const last = mirrors.map(Number).sort((one, other) => other - one)[0];
    await installArchiveStandIn(join(folder, String(last)));
    expect(readdirSync(folder).filter((name) => name.startsWith(`${last}.installing-`))).toEqual([]);
  }
});
