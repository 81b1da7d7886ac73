import { describe, expect, it } from "vitest";
import { isClean, issueChanges } from "#cli/workflow/drift.ts";

const bot = { login: "github-actions[bot]" };
const found = (isClean: boolean) => [{ subject: "platform", isClean, body: "what differs" }];
const issue = (number: number, user = bot) => ({ number, title: "Drift: platform", user });

describe("the issue of a stack's drift", () => {
  it("is opened once there is some", () => {
    expect(issueChanges(found(false), [])).toEqual([{ kind: "open", title: "Drift: platform", body: "what differs" }]);
  });

  it("is written anew while it goes on; a second one is closed", () => {
    expect(issueChanges(found(false), [issue(7), issue(9)])).toEqual([
      { kind: "update", number: 7, body: "what differs" },
      { kind: "close", number: 9 },
    ]);
  });

  it("is closed when clean, and nothing is done while it stays so", () => {
    expect(issueChanges(found(true), [issue(7)])).toEqual([{ kind: "close", number: 7 }]);
    expect(issueChanges(found(true), [])).toEqual([]);
  });

  it("is never that of a person, nor of another stack", () => {
    const others = [issue(7, { login: "ana" }), { ...issue(8), title: "Drift: state" }];
    expect(issueChanges(found(true), others)).toEqual([]);
    expect(issueChanges(found(false), others)).toMatchObject([{ kind: "open" }]);
  });
});

describe("a stack", () => {
  const review = (idle: boolean, drift: number) => ({
    ...{ schemaVersion: 1 as const, refused: false, labels: [] },
    stacks: [{ stack: "platform", hash: "a".repeat(64), idle, counts: { drift } }],
  });

  it("is clean where there is nothing to do and nothing differs, though Terraform would leave it alone", () => {
    expect(isClean(review(true, 0))).toBe(true);
    expect(isClean(review(true, 1))).toBe(false);
    expect(isClean(review(false, 0))).toBe(false);
  });
});
