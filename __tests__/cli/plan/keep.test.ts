import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { secrets } from "#__tests__/domain/plan-review/fixture/cases.ts";
import { change, document, hashOf, stackPlan } from "#__tests__/domain/plan-review/fixture/plans.ts";
import { type PlacedPlan, readAbout } from "#cli/plan/about.ts";
import { keepPlans } from "#cli/plan/keep.ts";
import { recordTerminal } from "../onair/fixture/recorded-terminal.ts";

const root = mkdtempSync(join(tmpdir(), "onair-keep-"));
afterAll(() => rmSync(root, { recursive: true }));

const context = {
  project: { root, folder: root, output: join(root, "out") },
  terminal: recordTerminal().terminal,
  environment: {},
  signal: new AbortController().signal,
  again: "again",
  unlock: () => "unlock",
};

const secret = change("aws_sqs_queue.one", { name: "a" }, { name: secrets[0], tags: { note: secrets[2] } });

function planned(stack: string): PlacedPlan {
  const [file, json] = [join(root, `${stack}.tfplan`), join(root, `${stack}.json`)];
  writeFileSync(file, "what Terraform applies");
  writeFileSync(json, JSON.stringify(document([secret])));
  const folder = join(context.project.output, "stacks", stack);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), "{}");
  const position = { serial: 7, lineage: "line" };
  return { plan: { ...stackPlan([secret]), stack }, file, json, position, providers: { aws: "5.100.0" } };
}

const out = join(root, "plans");
const keep = (stacks: readonly string[], isAll = true) =>
  keepPlans(context, stacks.map(planned), { folder: out, isAll });

describe("kept plans", () => {
  it("are a plan that only its user may read, what it is of, and the stack's own JSON", async () => {
    expect(await keep(["platform"])).toEqual([join(out, "platform/plan.json")]);
    expect(readdirSync(join(out, "platform")).sort()).toEqual(["about.json", "cdk.tf.json", "plan.json"]);
    expect(statSync(join(out, "platform/plan.json")).mode & 0o777).toBe(0o600);
    expect(statSync(join(out, "platform")).mode & 0o777).toBe(0o700);
    const about = readAbout(JSON.parse(readFileSync(join(out, "platform/about.json"), "utf8")));
    expect(about).toMatchObject({
      schemaVersion: 1,
      stack: "platform",
      stateSerial: 7,
      stateLineage: "line",
      terraformVersion: "1.11.4",
      providerVersions: { aws: "5.100.0" },
      hash: hashOf(stackPlan([secret])),
      changes: [{ address: "aws_sqs_queue.one", action: "update" }],
    });
    // Outside of git.
    expect(about).not.toHaveProperty("commit");
  });

  it("say no value in what stands beside the plan", () => {
    const about = readFileSync(join(out, "platform/about.json"), "utf8");
    expect(readFileSync(join(out, "platform/plan.json"), "utf8")).toContain(secrets[0]);
    for (const one of [secrets[0], secrets[2], '"note"', '"name"']) expect(about).not.toContain(one);
  });

  it("of all stacks leave none of a stack that is gone, and nothing that is not theirs", async () => {
    mkdirSync(join(out, "notes"));
    await keep(["state"], false);
    expect(readdirSync(out).sort()).toEqual(["notes", "platform", "state"]);
    await keep(["state"]);
    expect(readdirSync(out).sort()).toEqual(["notes", "state"]);
    expect(existsSync(join(out, "state/plan.json"))).toBe(true);
  });
});
