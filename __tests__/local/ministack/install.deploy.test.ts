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

/** One small package of the real requirements is enough to see how installing goes. */
const requirements = (text: string): string => {
  const path = join(root, "requirements.txt");
  writeFileSync(path, text);
  return path;
};

const all = readFileSync(join(import.meta.dirname, "../../../local/ministack/requirements.txt"), "utf8");
const SIX = /^six==(.|\n)*?(?=\n {4}#)/m.exec(all)?.[0] ?? "";

const install = (text = SIX) =>
  installVenv({ folder: join(root, "venv"), requirements: requirements(text), report: (line) => lines.push(line) });

describe("installing the emulator's packages", () => {
  it("happens once, and again only for other requirements", async () => {
    const python = await install();
    expect(existsSync(python)).toBe(true);
    expect(lines).toEqual([
      expect.stringMatching(/^Installing the local cloud's packages \(about 90 MB, once\) with Python 3\.\d+\.\d+$/),
      "  six",
    ]);
    await install();
    expect(lines).toHaveLength(2);
    await install(`${SIX}\n# changed`);
    expect(lines).toHaveLength(4);
    expect(existsSync(`${join(root, "venv")}.making`)).toBe(false);
  });

  it("begins anew where an earlier one was killed", async () => {
    mkdirSync(join(root, "venv.making", "bin"), { recursive: true });
    mkdirSync(join(root, "venv", "bin"), { recursive: true });
    writeFileSync(join(root, "venv", "bin", "python"), "not a Python");
    await install();
    expect(lines).toContain("  six");
  });

  it("is done by one of two that start at once, and the other waits", async () => {
    const [first, second] = await Promise.all([install(), install()]);
    expect(first).toBe(second);
    expect(lines.filter((line) => line.includes("six"))).toHaveLength(1);
    expect(lines).toContain(`Waiting for process ${process.pid}, which installs them`);
  });

  it("refuses a package whose bytes are not those that were pinned, and keeps nothing", async () => {
    const forged = SIX.replaceAll(/sha256:[0-9a-f]{64}/g, `sha256:${"0".repeat(64)}`);
    await expect(install(forged)).rejects.toMatchObject({
      code: "INSTALL_FAILED",
      message: expect.stringContaining("Nothing was kept; start again once it is cured."),
    });
    expect(existsSync(join(root, "venv"))).toBe(false);
    await install();
  });

  it("ends when it is told to", async () => {
    const stop = new AbortController();
    const installing = installVenv({
      folder: join(root, "venv"),
      requirements: requirements(SIX),
      report: () => stop.abort(new Error("told to")),
      signal: stop.signal,
    });
    await expect(installing).rejects.toThrow("told to");
    expect(existsSync(join(root, "venv.lock"))).toBe(false);
  });
});
