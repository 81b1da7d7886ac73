import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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
const refused = () => refusedInFolder(folder, "dev", environment.backend);
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("lets our stacks and their assets pass", () => {
  write("manifest.json", "{}");
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
])("refuses %s", (_, path) => {
  write("stacks/state/cdk.tf.json", stack);
  write(path, "");
  expect(refused()).toEqual([`${path}: is not synthesized`]);
});

it("refuses a link, wherever it leads", () => {
  write("stacks/state/cdk.tf.json", stack);
  mkdirSync(join(folder, "stacks/state/assets/a/AB"), { recursive: true });
  symlinkSync("/etc/passwd", join(folder, "stacks/state/assets/a/AB/handler.mjs"));
  expect(refused()).toEqual(["stacks/state/assets/a/AB/handler.mjs: is no plain file"]);
});

it("refuses a stack that is none of ours, one that is not JSON, and a folder without any", () => {
  mkdirSync(folder, { recursive: true });
  expect(refused()).toEqual(["there is no stack"]);
  write("stacks/evil/cdk.tf.json", stack);
  write("stacks/state/cdk.tf.json", "{");
  expect(refused().toSorted()).toEqual([
    "stacks/evil/cdk.tf.json: is no stack of ours",
    "stacks/state/cdk.tf.json: it is not JSON",
  ]);
});
