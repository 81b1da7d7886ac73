import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { processesNaming } from "../../local/fixture/processes.ts";

const ROOT = join(import.meta.dirname, "../../..");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onair-stubborn-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function startStubborn() {
  const script = fileURLToPath(new URL("./fixture/stubborn.ts", import.meta.url));
  const options = { cwd: ROOT, env: { ...process.env, LANG: "C" } };
  const child = spawn(process.execPath, ["--import", "tsx", script, folder], options);
  const text = { errors: "" };
  child.stderr.on("data", (chunk) => {
    text.errors += chunk;
  });
  const ended = once(child, "close").then(([code, signal]) => code ?? signal);
  await once(child.stdout, "data");
  return { child, text, ended };
}

describe("a child that does not care for SIGINT", () => {
  test("is waited for on the first Ctrl-C, and ended with all below it within two seconds of the second", async () => {
    const { child, text, ended } = await startStubborn();
    child.kill("SIGINT");
    await sleep(1500);
    expect(child.exitCode).toBeNull();
    expect(text.errors).toBe("Stopping; Terraform ends what it is at. Ctrl-C again to give up.\n");

    const given = performance.now();
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(performance.now() - given).toBeLessThan(2000);
    expect(text.errors.trimEnd().split("\n").slice(1)).toEqual([
      "x Given up by you: terraform was ended at once.",
      "  A lock may be left, and what Terraform was making may be missing from its state.",
      "  Go on: npm start (it says who holds a lock, and how to free it)  INTERRUPTED",
    ]);
    expect(processesNaming(folder)).toEqual([]);
  });

  test("is not ended by one key press that arrives twice", async () => {
    const { child, ended } = await startStubborn();
    child.kill("SIGINT");
    await sleep(100);
    child.kill("SIGINT");
    await sleep(500);
    expect(child.exitCode).toBeNull();
    await sleep(500);
    child.kill("SIGTERM");
    expect(await ended).toBe(130);
    expect(processesNaming(folder)).toEqual([]);
  });
});
