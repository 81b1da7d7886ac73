import { describe, expect, test } from "vitest";
import {
  type ApplyProgress,
  nextProgress,
  noProgress,
  progressText,
  resourceName,
} from "#cli/terraform/apply-progress.ts";
import { recordedLines } from "./recorded.ts";

/** One line each second. */
const follow = (lines: readonly string[]): ApplyProgress[] => {
  const steps = [noProgress];
  for (const [second, line] of lines.entries()) {
    steps.push(nextProgress(steps.at(-1) ?? noProgress, line, second * 1000));
  }
  return steps;
};

describe("of a first deploy", () => {
  const steps = follow(recordedLines("deploy-first"));
  const last = steps.at(-1) ?? noProgress;

  test("ends with everything done and nothing in progress", () => {
    expect(last.phase).toBe("applied");
    expect(last.done).toBe(31);
    expect(last.running.size).toBe(0);
    expect(last.applied?.added).toBe(31);
  });

  test("never goes back, and never beyond what is planned", () => {
    for (const [index, step] of steps.entries()) {
      expect(step.done).toBeGreaterThanOrEqual(steps[index - 1]?.done ?? 0);
      expect(step.done).toBeLessThanOrEqual(31);
    }
  });

  test("says how many of how many, and what has been in progress longest", () => {
    const waiting = steps.findLast((step) => step.phase === "applying" && step.running.size === 1) ?? noProgress;
    const [[name, since] = ["", 0]] = waiting.running;
    expect(progressText(waiting, since + 12_300)).toBe("30 of 31, chat-logs/bucket/Lifecycle 12 s");
    expect(name).toBe("chat-logs/bucket/Lifecycle (aws_s3_bucket_lifecycle_configuration)");
  });
});

test("of a deploy without changes counts what is compared", () => {
  const steps = follow(recordedLines("deploy-unchanged"));
  expect(progressText(steps.findLast(({ phase }) => phase === "comparing") ?? noProgress, 0)).toBe("23 compared");
  expect(steps.at(-1)?.applied).toEqual({ imported: 0, added: 0, changed: 0, destroyed: 0 });
});

test("of a run with imports counts them", () => {
  const last = follow(recordedLines("apply-imports")).at(-1);
  expect(last?.done).toBe(5);
  expect(last?.applied).toEqual({ imported: 2, added: 2, changed: 1, destroyed: 0 });
});

test("of an interrupted deploy still knows what is half made", () => {
  const last = follow(recordedLines("deploy-interrupted")).at(-1);
  expect(last?.applied).toBeUndefined();
  expect([...(last?.running.keys() ?? [])]).toEqual([
    "queue (aws_sqs_queue)",
    "lc (aws_s3_bucket_lifecycle_configuration)",
  ]);
});

test("counts replaced resources as removed and made", () => {
  const last = follow(recordedLines("deploy-killed")).at(-1) ?? noProgress;
  expect(last.done).toBe(1);
  expect([...last.running.keys()]).toEqual(["lc (aws_s3_bucket_lifecycle_configuration)", "queue (aws_sqs_queue)"]);
});

test.each([
  ["aws_ivschat_room.lobby_room_5A1C (lobby/room)", "lobby/room (aws_ivschat_room)"],
  ["aws_ivschat_room.lobby_room_5A1C", "aws_ivschat_room.lobby_room_5A1C"],
  ["module.a.aws_ivschat_room.lobby (lobby)", "lobby (aws_ivschat_room)"],
  ["aws_ivschat_room.lobby_5A1C (lobby/room) (deposed object 00a1b2c3)", "lobby/room (aws_ivschat_room)"],
  ["aws_sqs_queue.queue (deposed object 00a1b2c3)", "aws_sqs_queue.queue (deposed object 00a1b2c3)"],
])("calls %s %s", (resource, name) => {
  expect(resourceName(resource)).toBe(name);
});
