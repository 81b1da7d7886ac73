import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const PARTS = ["main.ts", "cdktf.json", "backend.tf.json", "package.json", "tsconfig.json"];
const FOLDERS = ["constructs", "domain", "handlers", "settings", "stacks"];
const made: string[] = [];

/** A copy of what is deployed, in a folder of another name and depth. */
function copy(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  made.push(folder);
  for (const part of [...PARTS, ...FOLDERS]) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

function synth(folder: string, environment: Record<string, string> = {}) {
  return spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
}

/** Every file of the synthesized output, by its path. */
function outputOf(folder: string): Record<string, string> {
  const root = join(folder, "cdktf.out");
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((file) => join(file.parentPath, file.name))
      .map((file) => [relative(root, file), readFileSync(file, "utf8")])
      .sort(),
  );
}

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

describe("npm run synth", () => {
  it("writes the same bytes twice, in two folders: Terraform and code", () => {
    const [here, there] = [copy("one-"), copy("another-longer-")];
    for (const folder of [here, there]) expect(synth(folder)).toMatchObject({ status: 0, stderr: "" });
    const output = outputOf(here);
    expect(Object.keys(output)).toContain("stacks/platform/cdk.tf.json");
    expect(Object.keys(output).filter((file) => file.endsWith("handler.mjs"))).toHaveLength(1);
    expect(outputOf(there)).toEqual(output);
    for (const content of Object.values(output)) expect(content).not.toContain(here);
  });

  it("says what is wrong with the settings in one line, and writes nothing", () => {
    const folder = copy("bad-");
    const settings = readFileSync(join(folder, "cdktf.json"), "utf8").replace('"us-west-2"', '"mars-1"');
    writeFileSync(join(folder, "cdktf.json"), settings);
    const { status, stderr } = synth(folder);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^cdktf\.json, environments\.dev\.region: "mars-1" is not one of us-east-1.*SETTINGS_INVALID\n$/,
    );
    expect(readdirSync(folder)).not.toContain("cdktf.out");
  });

  it("takes the environment from ONAIR_ENV", () => {
    const folder = copy("prod-");
    expect(synth(folder, { ONAIR_ENV: "prod" }).status).toBe(0);
    expect(outputOf(folder)["stacks/platform/cdk.tf.json"]).toContain("onair/prod/platform.tfstate");
  });
});
