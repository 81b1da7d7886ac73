import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { teamEnvironment, teamStacks } from "#__tests__/support/stacks.ts";
import { refusedInFolder } from "#cli/workflow/synthesized.ts";

const environment = teamEnvironment();
const stack = JSON.stringify(teamStacks(environment).state.json);
const folder = mkdtempSync(join(tmpdir(), "synthesized-"));
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const manifest = (name = "state", changes: object = {}) =>
  JSON.stringify({
    stacks: {
      [name]: {
        ...{ name, dependencies: [], workingDirectory: `stacks/${name}` },
        ...{ synthesizedStackPath: `stacks/${name}/cdk.tf.json`, ...changes },
      },
    },
  });
const refused = () => refusedInFolder(folder, "dev", environment.backend);
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("lets our stacks and their assets pass", () => {
  write("manifest.json", manifest());
  write("stacks/state/cdk.tf.json", stack);
  write("stacks/state/assets/api_Code_1F/39C9881CC1/handler.mjs", "export {}");
  expect(refused()).toEqual([]);
});

it.each([
  ["Terraform's own language beside a stack", "stacks/state/more.tf"],
  ["values for variables", "stacks/state/terraform.tfvars.json"],
  ["a remembered backend", "stacks/state/.terraform/terraform.tfstate"],
  ["a lock file of providers", "stacks/state/.terraform.lock.hcl"],
  ["a second document", "stacks/state/cdk_override.tf.json"],
  ["Terraform's own language among assets", "stacks/state/assets/a/AB/main.tf"],
  ["a document among assets", "stacks/state/assets/a/AB/cdk.tf.json"],
  ["values for variables among assets", "stacks/state/assets/a/AB/terraform.tfvars"],
  ["a hidden file among assets", "stacks/state/assets/a/AB/.terraformrc"],
  ["a lock file among assets", "stacks/state/assets/a/AB/providers.hcl"],
])("refuses %s", (_, path) => {
  write("manifest.json", manifest());
  write("stacks/state/cdk.tf.json", stack);
  write(path, "");
  expect(refused()).toEqual([`${path}: is not synthesized`]);
});

it.each([
  [manifest("platform/assets/a/AB"), "stacks.platform/assets/a/AB is no stack of ours"],
  [manifest("state", { name: "platform" }), "calls state platform"],
  [manifest("state", { dependencies: ["../elsewhere"] }), "stacks.state.dependencies.0 is no stack of ours"],
  [manifest("state", { workingDirectory: "stacks/state/assets" }), "has state elsewhere than in stacks/state"],
  [
    manifest("state", { synthesizedStackPath: "stacks/state/assets/a/cdk.tf.json" }),
    "has the document of state elsewhere than in stacks/state",
  ],
  ['{"stacks":{}}', "does not name state"],
])("refuses the manifest %s", (text, problem) => {
  write("stacks/state/cdk.tf.json", stack);
  write("manifest.json", text);
  expect(refused()).toContain(`manifest.json: ${problem}`);
});

it("refuses a folder without a manifest, and a manifest of a stack that is not there", () => {
  write("stacks/state/cdk.tf.json", stack);
  expect(refused()).toEqual(["manifest.json: is missing"]);
  write("manifest.json", JSON.stringify({ stacks: { state: { name: "state" }, platform: { name: "platform" } } }));
  expect(refused()).toEqual(["manifest.json: names platform, which is not there"]);
});

it("writes documents anew as it checked them, so that Terraform finds no key twice", () => {
  const twice = `{"data":{"external":{"run":{"program":["sh"]}}},${stack.slice(1)}`;
  write("stacks/state/cdk.tf.json", twice);
  write("manifest.json", `{"stacks":{"platform/assets/a/AB":{}},${manifest().slice(1)}`);
  expect(refused()).toEqual([]);
  expect(readFileSync(join(folder, "stacks/state/cdk.tf.json"), "utf8")).toBe(stack);
  expect(readFileSync(join(folder, "manifest.json"), "utf8")).toBe(manifest());
});

it("refuses a link, wherever it leads", () => {
  write("manifest.json", manifest());
  write("stacks/state/cdk.tf.json", stack);
  mkdirSync(join(folder, "stacks/state/assets/a/AB"), { recursive: true });
  symlinkSync("/etc/passwd", join(folder, "stacks/state/assets/a/AB/handler.mjs"));
  expect(refused()).toEqual(["stacks/state/assets/a/AB/handler.mjs: is no plain file"]);
});

it("refuses a stack that is none of ours, one that is not JSON, and a folder without any", () => {
  mkdirSync(folder, { recursive: true });
  expect(refused()).toEqual(["manifest.json: is missing", "there is no stack"]);
  write("manifest.json", '{"stacks":{}}');
  write("stacks/evil/cdk.tf.json", stack);
  write("stacks/state/cdk.tf.json", "{");
  expect(refused().toSorted()).toEqual([
    "stacks/evil/cdk.tf.json: is no stack of ours",
    "stacks/state/cdk.tf.json: it is not JSON",
    "there is no stack",
  ]);
});
