import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type OwnCloud, startOwnCloud } from "./local/fixture/own-cloud.ts";
import { run, Terraform } from "./support/terraform.ts";

const root = join(import.meta.dirname, "..");
const examples = readdirSync(join(root, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

let own: OwnCloud;
const folder = mkdtempSync(join(tmpdir(), "examples-"));

beforeAll(async () => {
  own = await startOwnCloud({ terraform: "required" });
});
afterAll(async () => {
  await own[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function synthesize(example: string): Promise<Terraform> {
  const output = mkdtempSync(join(folder, `${example}-`));
  const main = join(root, "examples", example, "main.ts");
  const variables = { ...process.env, CDKTF_OUTDIR: output };
  expect(await run(process.execPath, ["--import", "tsx", main], root, variables)).toMatchObject({ status: 0 });
  const stack = join(output, "stacks", example);
  // The one that names a remote state names somebody's bucket.
  writeFileSync(join(stack, "backend_override.tf.json"), JSON.stringify({ terraform: { backend: { local: {} } } }));
  return new Terraform(stack, own.cloud.environment);
}

it.each(examples)("the real provider finds nothing wrong with examples/%s", async (example) => {
  const terraform = await synthesize(example);
  await terraform.init();
  const { valid, diagnostics } = JSON.parse(await terraform.must("validate", "-json"));
  expect({ valid, diagnostics }).toEqual({ valid: true, diagnostics: [] });
});

// Between them, each construct that the examples use.
it.each(["simple", "room-with-review", "complete"])(
  "examples/%s is deployed, and then there is nothing to do",
  async (example) => {
    const terraform = await synthesize(example);
    await terraform.init();
    await terraform.apply();
    expect(await terraform.changes()).toEqual([]);
  },
);
