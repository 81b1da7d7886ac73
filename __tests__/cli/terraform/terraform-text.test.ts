import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  countsText,
  parseApplied,
  parseErrors,
  parseHeldLock,
  parsePlanned,
  terraformLine,
} from "#cli/terraform/terraform-text.ts";
import { recordedLines } from "./recorded.ts";

describe("terraformLine", () => {
  test("takes the stack's name and its indent off what cdktf prints", () => {
    expect(terraformLine("platform  Plan: 1 to add, 0 to change, 0 to destroy.", "platform")).toMatch(/^Plan: 1/);
    expect(terraformLine("          Error: no", "platform")).toBe("Error: no");
    expect(terraformLine("            ID:        715b", "platform")).toBe("  ID:        715b");
  });

  test("takes the box and the colours off what Terraform prints", () => {
    expect(terraformLine("\u001b[31m│\u001b[0m \u001b[1mError: \u001b[0mno\u001b[0m")).toBe("Error: no");
    expect(terraformLine("╷")).toBe("");
  });
});

describe("parseErrors", () => {
  test("finds what failed, where and why", () => {
    expect(parseErrors(recordedLines("deploy-error"))).toEqual([
      {
        summary:
          'validating S3 Bucket (Bad_Name!) name: only lowercase alphanumeric characters and hyphens allowed in "Bad_Name!"',
        resource: "aws_s3_bucket.bad (bad)",
        detail: [],
      },
    ]);
  });

  test("says the same error once", () => {
    const summaries = parseErrors(recordedLines("deploy-interrupted")).map(({ summary }) => summary);
    expect(summaries).toEqual([
      "execution halted",
      "creating S3 Bucket (onair-media-xyz) Lifecycle Configuration",
      "waiting for SQS Queue (http://127.0.0.1:14600/000000000000/q1) attributes create: context canceled",
    ]);
  });

  test.each(["deploy-first", "deploy-unchanged", "apply-imports"])("finds none in %s", (name) => {
    expect(parseErrors(recordedLines(name))).toEqual([]);
  });

  test("takes any text without failing", () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom("Error: a", "", "  with x.y,", "Lock Info:", "  ID: 1", "Warning: w"),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        for (const { summary } of parseErrors(lines)) expect(summary).not.toBe("");
        parseHeldLock(lines);
      }),
    );
  });
});

describe("parseHeldLock", () => {
  test.each(["deploy-locked", "plan-locked"])("finds the lock's own id in %s, not the request's", (name) => {
    expect(parseHeldLock(recordedLines(name))).toEqual({
      id: "715bd78b-a1da-9aa1-8074-75d3942e2b35",
      operation: "apply",
      who: "root@vm",
      created: new Date("2026-11-21T10:11:25Z"),
    });
  });

  test("finds none where a run failed for another reason", () => {
    expect(parseHeldLock(recordedLines("deploy-error"))).toBeUndefined();
  });
});

test("reads what is planned, with and without imports", () => {
  expect(recordedLines("apply-imports").flatMap((line) => parsePlanned(line) ?? [])).toEqual([
    { imported: 2, added: 2, changed: 1, destroyed: 0 },
  ]);
  expect(recordedLines("deploy-killed").flatMap((line) => parsePlanned(line) ?? [])).toEqual([
    { imported: 0, added: 2, changed: 0, destroyed: 1 },
  ]);
});

test("reads what was done only where Terraform says that it is through", () => {
  const applied = (name: string) => recordedLines(name).flatMap((line) => parseApplied(line) ?? []);
  expect(applied("deploy-first")).toEqual([{ imported: 0, added: 31, changed: 0, destroyed: 0 }]);
  expect(applied("deploy-unchanged")).toEqual([{ imported: 0, added: 0, changed: 0, destroyed: 0 }]);
  expect(applied("deploy-killed")).toEqual([]);
  expect(applied("deploy-interrupted")).toEqual([]);
});

test("says counts in words", () => {
  expect(countsText({ imported: 2, added: 5, changed: 1, destroyed: 3 })).toBe(
    "2 adopted, 5 made, 1 changed, 3 removed",
  );
  expect(countsText({ imported: 0, added: 0, changed: 0, destroyed: 0 })).toBe("nothing to change");
});
