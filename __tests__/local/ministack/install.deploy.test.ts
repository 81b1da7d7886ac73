import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { installVenv } from "#local/ministack/install.ts";

let root = "";
let lines: string[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "onair-install-"));
  lines = [];
});
afterEach(() => rmSync(root, { recursive: true }));

const all = readFileSync(join(import.meta.dirname, "../../../local/ministack/requirements.txt"), "utf8");
/** One small package of the real requirements is enough to see how installing goes. */
const SIX = /^six==(.|\n)*?(?=\n {4}#)/m.exec(all)?.[0] ?? "";

const note = (line: string): void => {
  lines.push(line);
};

const install = (text = SIX, report = note, signal?: AbortSignal) => {
  const requirements = join(root, "requirements.txt");
  writeFileSync(requirements, text);
  return installVenv({ folder: join(root, "venv"), requirements, report, signal });
};

describe("installing the emulator's packages", () => {
  it("is done once by one of two that start at once, anew where an earlier one was killed", async () => {
    mkdirSync(join(root, "venv.making", "bin"), { recursive: true });
    mkdirSync(join(root, "venv", "bin"), { recursive: true });
    writeFileSync(join(root, "venv", "bin", "python"), "not a Python");
    const [first, second] = await Promise.all([install(), install()]);
    expect(first).toBe(second);
    expect(lines.toSorted()).toEqual([
      "  six",
      expect.stringMatching(/^Installing the local cloud's packages \(about 90 MB, once\) with Python 3\.\d+\.\d+$/),
      `Waiting for process ${process.pid}, which installs them`,
    ]);
    expect(existsSync(join(root, "venv.making"))).toBe(false);
    await install();
    expect(lines).toHaveLength(3);
  });

  it("refuses a package whose bytes are not those that were pinned, and keeps nothing", async () => {
    const forged = SIX.replaceAll(/sha256:[0-9a-f]{64}/g, `sha256:${"0".repeat(64)}`);
    await expect(install(forged)).rejects.toMatchObject({
      code: "INSTALL_FAILED",
      message: expect.stringContaining("Nothing was kept; start again once it is cured."),
    });
    expect(existsSync(join(root, "venv"))).toBe(false);
  });

  it("ends when it is told to", async () => {
    const stop = new AbortController();
    const installing = install(SIX, () => stop.abort(new Error("told to")), stop.signal);
    await expect(installing).rejects.toThrow("told to");
    expect(existsSync(join(root, "venv.lock"))).toBe(false);
  });
});
