import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { emulatorEnvironment, emulatorFolders } from "#local/ministack/environment.ts";
import { installVenv } from "#local/ministack/install.ts";
import { startMinistack } from "#local/ministack/process.ts";
import { PROJECT_VENV } from "../../support/deployed.ts";
import { descendantsOf } from "../fixture/processes.ts";

const LAUNCHER = join(import.meta.dirname, "../../../local/ministack/launcher.py");

let python = "";
let folder = "";
const settings = () => ({
  folder,
  endpoint: "http://127.0.0.1:4566",
  accountId: "000000000000",
  region: "us-east-1",
  rootSecret: "root-secret",
});

beforeAll(async () => {
  python = await installVenv({ folder: PROJECT_VENV, report: () => undefined });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onair-launcher-"));
  for (const path of Object.values(emulatorFolders(folder))) mkdirSync(path);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the launcher in a changed world, to its end. */
const endOf = async (environment: Readonly<Record<string, string>>) => {
  const child = spawn(python, ["-B", LAUNCHER], {
    env: { ...emulatorEnvironment(process.env, settings()), ...environment },
    cwd: folder,
    stdio: ["pipe", "ignore", "pipe"],
  });
  child.stdin.write('{"secret": "hush"}\n');
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, "close");
  return [code, errors.trimEnd().split("\n").at(-1)];
};

describe("the launcher", () => {
  it("refuses to run without IAM", async () => {
    expect(await endOf({ AUTH: "false" })).toEqual([1, "AUTH is not true: IAM would not be enforced"]);
  });

  it("refuses another version of the emulator", async () => {
    const info = join(folder, "packages", "ministack-9.9.9.dist-info");
    mkdirSync(info, { recursive: true });
    writeFileSync(join(info, "METADATA"), "Metadata-Version: 2.1\nName: ministack\nVersion: 9.9.9\n");
    expect(await endOf({ PYTHONPATH: join(folder, "packages") })).toEqual([
      1,
      "ministack 9.9.9 is installed, this launcher works with 1.5.33 only",
    ]);
  });

  it("refuses an emulator that lacks a function it needs", async () => {
    writeFileSync(
      join(folder, "sitecustomize.py"),
      "import ministack.services.eventbridge as eventbridge\ndel eventbridge._put_events\n",
    );
    expect(await endOf({ PYTHONPATH: folder })).toEqual([
      1,
      "ministack 1.5.33 has no ministack.services.eventbridge._put_events",
    ]);
  });

  it.each([
    ["half a file", '{"payl'],
    ["a file of a newer emulator", '{"__ministack_format__": 99, "payload": {}}'],
  ])("refuses to start without state that it cannot read: %s", async (_, text) => {
    writeFileSync(join(emulatorFolders(folder).state, "kms.json"), text);
    const [code, line] = await endOf({});
    expect([code, line]).toEqual([1, "ministack did not start: the saved state of kms cannot be read"]);
    await expect(startMinistack({ ...settings(), python, logPath: join(folder, "log") })).rejects.toMatchObject({
      code: "PART_DIED",
      message: expect.stringContaining("the saved state of kms cannot be read"),
    });
  });

  it("ends with everything that it started when its standard input closes", async () => {
    const child = spawn(python, ["-B", LAUNCHER], {
      env: emulatorEnvironment(process.env, settings()),
      cwd: folder,
      detached: true,
      stdio: ["pipe", "pipe", "ignore"],
    });
    child.stdin.write('{"secret": "hush"}\n');
    await once(createInterface({ input: child.stdout }), "line");
    child.stdout.resume();
    child.stdin.end();
    await once(child, "close");
    expect(descendantsOf(process.pid).has(Number(child.pid))).toBe(false);
  });
});
