import { describe, expect, it } from "vitest";
import { secrets } from "#__tests__/domain/plan-review/fixture/cases.ts";
import { change, stackPlan } from "#__tests__/domain/plan-review/fixture/plans.ts";
import { differenceOf } from "#cli/apply/difference.ts";
import { type About, aboutOf } from "#cli/plan/about.ts";

const kept = change("aws_sqs_queue.kept", null, { name: "kept" });
const then = (...changes: Parameters<typeof stackPlan>[0]): About =>
  aboutOf(
    { plan: stackPlan(changes), file: "", json: "", position: {}, providers: {} },
    {},
    new Date("2026-11-21T20:00:00Z"),
  );
const lines = (text: string) => text.split("\n").slice(2);

describe("what differs from what was reviewed", () => {
  it("is what was not in it, what does something else, and what is no longer in it", () => {
    const now = stackPlan(
      [
        kept,
        change("aws_sqs_queue.new", null, { name: "new" }),
        change("aws_sqs_queue.other", { name: "a" }, { name: "c" }),
      ],
      {},
      { "aws_sqs_queue.new": "new/Resource" },
    );
    const reviewed = then(
      kept,
      change("aws_sqs_queue.other", { name: "a" }, { name: "b" }),
      change("aws_sqs_queue.gone", { name: "gone" }, null),
    );
    expect(lines(differenceOf([now], [reviewed]))).toEqual([
      "- `platform`: `new/Resource` (`aws_sqs_queue.new`), `create`: was not in it",
      "- `platform`: `aws_sqs_queue.other`, `update`: does something else (`update` then)",
      "- `platform`: `aws_sqs_queue.gone`, `delete`: no longer in it",
    ]);
  });

  it("is in the outputs, where it is in nothing else", () => {
    const now = stackPlan([kept], { output_changes: { o: { actions: ["create"], before: null, after: 1 } } });
    expect(lines(differenceOf([now], [then(kept)]))).toEqual(["- `platform`: its outputs"]);
  });

  it("tells a whole stack that was not reviewed, or that is not here", () => {
    const reviewed = { ...then(kept), stack: "state" };
    expect(lines(differenceOf([stackPlan([kept])], [reviewed]))).toEqual([
      "- `platform`: `aws_sqs_queue.kept`, `create`: was not in it",
      "- `state`: `aws_sqs_queue.kept`, `create`: no longer in it",
    ]);
  });

  it("shows no secret and cannot be forged by a name", () => {
    const text = differenceOf([stackPlan([change(`aws_sqs_queue.a["\`\n# ${secrets[0]}"]`, null, {})])], []);
    expect(text).not.toContain(secrets[0]);
    expect(lines(text)).toHaveLength(1);
  });
});
