import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reportOf } from "#domain/plan-review/report.ts";
import { cases, secrets } from "./fixture/cases.ts";
import { guarded, hashOf, review, sha256 } from "./fixture/plans.ts";

const all = Object.entries(cases);

const reportFor = (name: string) => {
  const { plans = [], facts, allowances } = cases[name] ?? {};
  return reportOf({ plans, guarded: guarded(plans, facts, allowances), hash: sha256, askedTarget: false });
};

describe("a review", () => {
  it.each(all)("of %s is as it was read and found good", async (name, { plans, facts, allowances }) => {
    await expect(review(plans, facts, allowances)).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it.each(all)("of %s has its labels", (name, { labels }) => {
    expect(reportFor(name).labels).toEqual(labels);
  });

  it("of each case stands in a file, and each file is of a case or a real plan", () => {
    const others = ["change", "errored", "every-section", "first", "nothing", "refused"];
    const files = readdirSync(join(import.meta.dirname, "golden")).map((file) => file.replace(/\.md$/, ""));
    expect(files.sort()).toEqual([...Object.keys(cases), ...others].sort());
  });
});

describe("a review for programs", () => {
  it("says hash, counts and changes of each stack, and what the guard says", () => {
    const { plans = [] } = cases["several-stacks"] ?? {};
    const report = reportFor("several-stacks");
    expect(report).toMatchObject({ schemaVersion: 1, hash: hashOf(...plans), refused: false, askedTarget: false });
    expect(report.stacks).toMatchObject([
      { stack: "delivery", idle: true, changes: [] },
      { stack: "platform", idle: false, counts: { create: 1, destroy: 0 } },
      { stack: "state", errored: false, complete: true, changes: [{ address: "aws_sqs_queue.s", action: "delete" }] },
    ]);
    expect(reportFor("quotas").findings.map(({ rule }) => rule)).toContain("quota-exceeded");
    expect(reportFor("allowances-unused").unusedAllowances).toEqual([
      { rule: "table-lost", address: "aws_dynamodb_table.one" },
    ]);
    expect(reportFor("not-judged").notJudged.map(({ address }) => address)).toEqual([
      "aws_iam_role.two",
      "aws_iam_role_policy.one",
    ]);
  });

  it.each(["planted-secrets", "sensitive"])("has no secret of %s, as the summary has none", (name) => {
    const { plans = [], facts, allowances } = cases[name] ?? {};
    const written = `${JSON.stringify(reportFor(name))}${review(plans, facts, allowances)}`;
    const parts = secrets.flatMap((secret) => secret.split("\n")).filter((line) => !line.startsWith("-----"));
    for (const part of [...parts, "hush-"]) expect(written).not.toContain(part);
  });
});
