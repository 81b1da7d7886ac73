import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { differences } from "#cli/exit-door/compare.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compare-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const STACK = "stacks/state/cdk.tf.json";
const stack = (version: string, name = "stage") =>
  JSON.stringify({
    "//": { metadata: { stackName: "state", version } },
    resource: { aws_ivs_channel: { a: { name } } },
  });
const write = (files: Readonly<Record<string, string>>, side: string) => {
  mkdirSync(join(folder, side), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, side, path)), { recursive: true });
    writeFileSync(join(folder, side, path), text);
  }
  return join(folder, side);
};
const between = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) =>
  differences(write(one, "one"), write(other, "other"));

describe("two syntheses", () => {
  it("are the same but for layout, the release that wrote them, and where it warned", () => {
    const manifest = (version: string, stacktrace: string, space?: number) =>
      JSON.stringify(
        { version, stacks: { state: { annotations: [{ message: "m", stacktrace: [stacktrace] }] } } },
        null,
        space,
      );
    expect(
      between(
        { [STACK]: stack("0.21.0"), "manifest.json": manifest("0.21.0", "at a") },
        { [STACK]: stack("0.24.0"), "manifest.json": manifest("0.24.0", "at b", 2) },
      ),
    ).toEqual([]);
  });

  it("differ in a value, which is said", () => {
    expect(between({ [STACK]: stack("1") }, { [STACK]: stack("1", "other") })).toEqual([
      `${STACK}: "name": "stage" became "name": "other"`,
    ]);
  });

  it("differ in a bundle's bytes, and in files that one has", () => {
    expect(between({ "a.mjs": "1", "b.mjs": "1" }, { "a.mjs": "2", "c.mjs": "1" })).toEqual([
      "a.mjs: 1 became 2",
      "b.mjs: only the first has it",
      "c.mjs: only the second has it",
    ]);
  });
});
