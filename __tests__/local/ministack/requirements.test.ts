import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isNewEnough } from "#local/ministack/python.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "local", "ministack");
const read = (name: string) => readFile(join(folder, name), "utf8");

/** Each requirement with its hashes, as pip reads it: one logical line. */
const requirementsOf = (text: string) =>
  text
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));

describe.each(["requirements.txt", "requirements-test.txt"])("%s", (name) => {
  it("pins every package to one version and the hashes of its files", async () => {
    const requirements = requirementsOf(await read(name));
    expect(requirements.length).toBeGreaterThan(15);
    for (const requirement of requirements) {
      expect(requirement).toMatch(/^[a-z0-9-]+==[\d.a-z]+( ; [^#]+?)?\s+(--hash=sha256:[0-9a-f]{64}\s*)+$/);
    }
  });

  it("names no index", async () => {
    expect(await read(name)).not.toMatch(/index-url|find-links|https?:/);
  });

  it("holds the emulator that the launcher works with", async () => {
    const version = /^VERSION = "(.+)"$/m.exec(await read("launcher.py"))?.[1];
    expect(await read(name)).toContain(`ministack==${version} \\`);
  });
});

describe("a Python", () => {
  it.each([
    ["3.9.18", false],
    ["3.10.0", true],
    ["3.13.2", true],
    ["4.0.0", true],
    ["2.7.18", false],
  ])("%s is new enough: %s", (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });
});
