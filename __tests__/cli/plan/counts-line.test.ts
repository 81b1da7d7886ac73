import { describe, expect, it } from "vitest";
import { change, stackPlan } from "#__tests__/domain/plan-review/fixture/plans.ts";
import { countsLine } from "#cli/plan/plan-stacks.ts";

const changed = change("aws_sqs_queue.one", { delay: 0 }, { delay: 1 });

describe("what a plan does, on a line", () => {
  it.each([
    ["nothing to do", stackPlan([])],
    ["nothing to do (1 drift)", stackPlan([], { resource_drift: [changed] })],
    ["1 update, 1 destroy", stackPlan([change("aws_sqs_queue.a", { name: "a" }, null), changed])],
    ["outputs change", stackPlan([], { output_changes: { o: { actions: ["create"], before: null, after: 1 } } })],
  ])("%s", (line, plan) => {
    expect(countsLine(plan)).toBe(line);
  });
});
