import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunContext } from "#cli/run-context.ts";
import { applyPlan, chosenProviders, planStack, showPlan, statePosition } from "#cli/terraform/plan.ts";
import { initStack } from "#cli/terraform/run-terraform.ts";
import { readPlan } from "#domain/plan-review/read-plan.ts";
import { recordTerminal } from "../onair/fixture/recorded-terminal.ts";

/** The real Terraform on a stack of its own built-in resource, with its state in a file: no cloud, no provider. */
const root = mkdtempSync(join(tmpdir(), "onair-terraform-plan-"));
const folder = join(root, "out/stacks/small");
/** One is sensitive by its mark, the other stands in a message. */
const planted = "sk_us-west-2_AbCdEfGhIjKl_0123456789";
const context: RunContext = {
  project: { root, folder: root, output: join(root, "out") },
  terminal: recordTerminal().terminal,
  environment: { ...process.env, TF_VAR_key: planted },
  signal: new AbortController().signal,
  again: "plan again",
  unlock: (_stack, id) => `release ${id}`,
};

const other = "AKIAABCDEFGHIJKLMNOP";

const write = (input: string, more: object = {}) =>
  writeFileSync(
    join(folder, "cdk.tf.json"),
    JSON.stringify({
      variable: { key: { sensitive: true } },
      resource: { terraform_data: { one: { input }, two: { input: "${var.key}", ...more } } },
    }),
  );
const plan = (name: string) => planStack(context, "small", "plan", { file: join(root, name), lock: "none" });
const apply = (name: string) =>
  applyPlan(context, "small", "apply", { file: join(root, name), wait: "0s" }, () => undefined);
const logs = () => ["plan", "apply"].map((name) => readFileSync(join(root, "logs", `${name}.log`), "utf8")).join("");

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  write("a");
  await initStack(context, "small", "plan");
});
afterAll(() => rmSync(root, { recursive: true }));

describe("a saved plan", () => {
  it("knows no state where there is none yet, and is read into a file for its user alone", async () => {
    expect(await statePosition(context, "small")).toEqual({});
    expect(await plan("first")).toEqual({ hasChanges: true });
    await showPlan(context, "small", join(root, "first"), join(root, "first.json"));
    expect(statSync(join(root, "first.json")).mode & 0o777).toBe(0o600);
    const text = readFileSync(join(root, "first.json"), "utf8");
    expect(readPlan(JSON.parse(text)).changes.map(({ action }) => action)).toEqual(["create", "create"]);
    expect(text).toContain(planted);
  });

  it("is applied as it is, and knows the state afterwards", async () => {
    expect(await apply("first")).toMatchObject({ added: 2, changed: 0 });
    expect(await statePosition(context, "small")).toEqual({
      serial: expect.any(Number),
      lineage: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(await plan("idle")).toEqual({ hasChanges: false });
  });

  it("is refused once the state was written by somebody else", async () => {
    write("b");
    await plan("mine");
    await plan("theirs");
    await apply("theirs");
    await expect(apply("mine")).rejects.toMatchObject({
      code: "PLAN_STALE",
      what: "Stack small was changed by somebody else after it was planned here.",
      cure: "Plan and apply again: plan again",
    });
  });

  it("is kept where planning breaks off, with why", async () => {
    write("c", {
      lifecycle: { precondition: [{ condition: '${terraform_data.one.input == "x"}', error_message: `No ${other}.` }] },
    });
    const { failure } = await plan("broken");
    expect(failure).toMatchObject({
      code: "PLAN_FAILED",
      what: "Stack small could not be planned: Resource precondition failed",
    });
    expect(failure?.why).toContain("No (secret).");
    await showPlan(context, "small", join(root, "broken"), join(root, "broken.json"));
    expect(readPlan(JSON.parse(readFileSync(join(root, "broken.json"), "utf8"))).errored).toBe(true);
  });

  it("is none where Terraform cannot even begin", async () => {
    write("${nothing.at.all}");
    await expect(plan("none")).rejects.toMatchObject({ code: "PLAN_FAILED" });
  });

  it("leaves no value of a sensitive attribute in a log", () => {
    expect(logs()).toContain("Apply complete!");
    expect(logs()).not.toContain(planted);
  });

  it("names the providers that were chosen", () => {
    expect(chosenProviders(context, "small")).toEqual({});
    const lock = 'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "5.100.0"\n  hashes = []\n}\n';
    writeFileSync(join(folder, ".terraform.lock.hcl"), lock);
    expect(chosenProviders(context, "small")).toEqual({ "registry.terraform.io/hashicorp/aws": "5.100.0" });
  });
});
