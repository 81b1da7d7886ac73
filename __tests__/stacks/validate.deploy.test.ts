import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run, Terraform } from "#__tests__/support/terraform.ts";
import { writeCliConfiguration } from "#local/terraform/cli-configuration.ts";

const ROOT = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "validate-"));
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  ({ environment } = await writeCliConfiguration({ folder }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Synthesizes an app and has the real Terraform and provider look at each of its stacks. */
async function validate(app: string, name: string): Promise<Record<string, unknown>> {
  const output = join(folder, name);
  const variables = { ...process.env, CDKTF_OUTDIR: output, ONAIR_ENV: name === "prod" ? "prod" : "dev" };
  expect(await run(process.execPath, ["--import", "tsx", app], ROOT, variables)).toMatchObject({
    status: 0,
    stderr: "",
  });
  const stacks = readdirSync(join(output, "stacks"));
  const said = await Promise.all(
    stacks.map(async (stack) => {
      const terraform = new Terraform(join(output, "stacks", stack), environment);
      await terraform.must("init", "-backend=false", "-no-color", "-input=false");
      const { valid, diagnostics } = JSON.parse(await terraform.must("validate", "-json"));
      return [stack, { valid, diagnostics }];
    }),
  );
  return Object.fromEntries(said);
}

const VALID = { valid: true, diagnostics: [] };

describe("the real provider finds nothing wrong with", () => {
  it("the stacks of prod", async () => {
    expect(await validate("main.ts", "prod")).toEqual({ platform: VALID, state: VALID });
  });
});
