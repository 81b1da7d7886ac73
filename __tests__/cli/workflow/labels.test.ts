import { describe, expect, it } from "vitest";
import { approver, labelChanges, objections } from "#cli/workflow/labels.ts";

const review = (labels: readonly string[], refused = false) => ({
  schemaVersion: 1 as const,
  refused,
  labels: [...labels],
  stacks: [],
});
const event = (name: string, login = "ana", label = "destroy-approved") => ({
  event: name,
  actor: { login },
  label: { name: label },
});

describe("the labels of a pull request", () => {
  it("become those of the review, and nobody else's are touched", () => {
    expect(labelChanges(review(["destroy", "policy-failed"]), ["no-changes", "good first issue"])).toEqual({
      add: ["destroy", "policy-failed"],
      remove: ["no-changes"],
    });
  });

  it("stay as they are where they are right", () => {
    expect(labelChanges(review(["no-changes"]), ["no-changes", "destroy-approved"])).toEqual({ add: [], remove: [] });
  });
});

describe("the approval to destroy", () => {
  it("is by whoever set the label last", () => {
    expect(approver([event("labeled"), event("unlabeled"), event("labeled", "bo")])).toBe("bo");
  });

  it("is by nobody once the label is gone, and by no other label", () => {
    expect(approver([event("labeled"), event("unlabeled", "bot")])).toBeUndefined();
    expect(approver([event("labeled", "ana", "destroy")])).toBeUndefined();
    expect(approver([])).toBeUndefined();
  });
});

describe("a pull request", () => {
  it("may be merged where nothing is destroyed and nothing refused", () => {
    expect(objections(review(["add-or-update"]), undefined)).toEqual([]);
  });

  it("that destroys needs an owner's label", () => {
    expect(objections(review(["destroy"]), undefined)).toEqual([
      "The plan destroys or replaces: an owner must set the label destroy-approved, after the last push.",
    ]);
    expect(objections(review(["destroy"]), "ana")).toEqual([]);
  });

  it("that the guard refuses is helped by no label", () => {
    expect(objections(review(["destroy", "policy-failed"], true), "ana")).toEqual([
      "The guard refuses the plan: see the comment.",
    ]);
  });
});
