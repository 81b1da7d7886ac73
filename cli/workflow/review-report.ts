import { readFileSync } from "node:fs";
import * as v from "valibot";
import { CliError } from "../terminal/cli-error.ts";

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** What workflows read of `onair review --json`. */
const reviewReport = v.object({
  schemaVersion: v.literal(1),
  refused: v.boolean(),
  labels: v.array(v.string()),
  stacks: v.array(
    v.object({
      stack: v.string(),
      hash,
      idle: v.boolean(),
      counts: v.object({ drift: v.number() }),
    }),
  ),
});

export type WorkflowReview = v.InferOutput<typeof reviewReport>;

/** @throws CliError PLAN_UNUSABLE */
export function readReview(file: string): WorkflowReview {
  const parsed = v.safeParse(reviewReport, JSON.parse(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.output;
  const why = parsed.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`).join("\n");
  throw new CliError("PLAN_UNUSABLE", `${file} is no review.`, why, "Write it by: onair review --json <file>");
}
