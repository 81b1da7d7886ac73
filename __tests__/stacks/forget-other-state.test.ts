import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { forgetOtherState } from "#stacks/forget-other-state.ts";

const state = { bucket: "team-state", region: "eu-west-1", key: "onair/dev/platform.tfstate", dynamodbTable: "locks" };

let folder: string;
let memory: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stack-"));
  memory = join(folder, ".terraform", "terraform.tfstate");
  mkdirSync(join(folder, ".terraform"));
  writeFileSync(memory, JSON.stringify({ backend: { type: "s3", config: { bucket: state.bucket, key: state.key } } }));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("keeps what Terraform remembers of the same state", () => {
  forgetOtherState(folder, state);
  expect(existsSync(memory)).toBe(true);
});

it.each([
  ["environment", { key: "onair/prod/platform.tfstate" }],
  ["bucket", { bucket: "prod-state" }],
])("forgets the state of another %s, which Terraform would offer to copy over", (_what, change) => {
  forgetOtherState(folder, { ...state, ...change });
  expect(existsSync(memory)).toBe(false);
});

it("does nothing in a folder that Terraform never saw", () => {
  rmSync(join(folder, ".terraform"), { recursive: true });
  expect(() => forgetOtherState(folder, state)).not.toThrow();
});
