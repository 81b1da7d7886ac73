import { writeFileSync } from "node:fs";
import { refuses } from "#domain/plan-review/guard/guard.ts";
import { reportOf } from "#domain/plan-review/report.ts";
import { reviewOf } from "#domain/plan-review/review.ts";
import { chooseTarget, targetLine } from "../onair/target.ts";
import { openProject } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { changesHash, hash } from "./hash.ts";
import { judge, refusal } from "./judge.ts";
import { readPlans } from "./read-files.ts";
import type { ReviewOptions } from "./verb.ts";

const again = "onair review";

/** `onair review`; returns the exit code. */
export async function runReview(terminal: Terminal, files: readonly string[], options: ReviewOptions): Promise<number> {
  const { markdown, json, allow } = options;
  const plans = readPlans(files);
  const target = options.liveFromTarget ? await targetOf(terminal, options) : undefined;
  const guarded = await judge(plans, { allow, target, again });
  const changes = changesHash(plans);
  const review = reviewOf({ plans, guarded, hash: changes });
  if (json !== undefined) {
    const report = reportOf({ plans, guarded, hash, askedTarget: target !== undefined });
    write(json, `${JSON.stringify(report, undefined, 2)}\n`);
  }
  if (markdown === undefined) terminal.answer(review.trimEnd());
  else {
    write(markdown, review);
    terminal.answer(`Hash of the changes: ${changes}`);
  }
  if (target === undefined) terminal.note("Nobody asked which channels are live now: --live-from-target does.");
  return refuses(guarded) ? terminal.fail(refusal(guarded.findings)) : 0;
}

async function targetOf(terminal: Terminal, { aws = false, folder }: ReviewOptions) {
  const target = await chooseTarget(openProject(folder, "cdktf.out"), aws, again);
  terminal.note(targetLine(target));
  return target;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new CliError("USAGE", `${file} cannot be written.`, why, "Name another file: onair review --help");
  }
}
