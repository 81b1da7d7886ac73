import { describe, expect, it } from "vitest";
import { readAllowances } from "#domain/plan-review/guard/allowance.ts";
import { readPlan } from "#domain/plan-review/read-plan.ts";
import { change, document, recorded } from "./fixture/plans.ts";

const made = "Make one: terraform plan -out=tfplan, then terraform show -json tfplan";

describe("reading a plan", () => {
  it("takes actions, the order of a replacement, imports, moves and what was left behind", () => {
    const { changes } = readPlan(
      document([
        change("aws_a.one", {}, {}, { actions: ["create", "delete"], resource: { deposed: "12345678" } }),
        change("aws_a.two", {}, {}, { actions: ["delete", "create"], more: { replace_paths: [["a", 0]] } }),
        change(
          "aws_a.three",
          {},
          {},
          { more: { importing: { id: "x" } }, resource: { previous_address: "aws_a.four" } },
        ),
      ]),
    );
    expect(changes).toMatchObject([
      { action: "replace", replaceOrder: "create-first", deposed: "12345678" },
      { action: "replace", replaceOrder: "delete-first", replacePaths: [["a", 0]] },
      { action: "update", importing: "x", previousAddress: "aws_a.four" },
    ]);
  });

  it("takes a real one that broke off, with the condition that failed", () => {
    const { errored, complete, failedChecks } = readPlan(recorded("errored"));
    expect({ errored, complete }).toEqual({ errored: true, complete: false });
    expect(failedChecks.map(({ address }) => address)).toEqual(["aws_ivs_channel.backstage_622DD757"]);
  });

  it.each([
    ["a list", [], `not a plan: no JSON object. ${made}`],
    ["nothing", null, `not a plan: no JSON object. ${made}`],
    ["an event of plan -json", { "@level": "info" }, `not a plan: it has no format_version. ${made}`],
    [
      "a state",
      { format_version: "1.0", values: {} },
      `not a plan: it has no planned_values, as a state has none. ${made}`,
    ],
    [
      "a later format",
      { format_version: "2.0", planned_values: {} },
      "a plan of another format: format_version must be 1.x",
    ],
    [
      "an unknown action",
      document([change("aws_a.one", {}, {}, { actions: ["sk_secret"] })]),
      /^not a plan at resource_changes\.0\.change\.actions\.0: Invalid type: Expected [^s]+/,
    ],
  ])("refuses %s", (_, given, message) => {
    expect(() => readPlan(given)).toThrow(message);
  });

  it("repeats no value of what it refuses", () => {
    const given = document([change("aws_a.one", {}, {}, { actions: ["hush"] })]);
    expect(() => readPlan(given)).toThrow(/^(?!.*hush)/);
  });
});

describe("reading allowances", () => {
  const one = { rule: "table-lost", address: "aws_a.one", hash: "0123456789ab", reason: "moved" };

  it("takes a list", () => {
    expect(readAllowances({ allow: [one] })).toEqual([one]);
  });

  it.each([
    [{ ...one, hash: "0123" }, "allow.0.hash: must be at least 12 figures of the finding's hash"],
    [{ ...one, hash: "anything-at-all" }, "allow.0.hash: must be the finding's hash"],
    [{ ...one, reason: "" }, "allow.0.reason: must not be empty"],
  ])("refuses what binds to no change or says no reason: %#", (given, message) => {
    expect(() => readAllowances({ allow: [given] })).toThrow(`not a list of allowances at ${message}`);
  });
});
