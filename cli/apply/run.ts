import { isIdle } from "#domain/plan-review/counts.ts";
import { refuses } from "#domain/plan-review/guard/guard.ts";
import { reviewOf } from "#domain/plan-review/review.ts";
import { withRunNotes } from "../lock/note-run.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";
import { planStacks, requireWhole } from "../plan/plan-stacks.ts";
import { type Prepared, prepare, targetWords } from "../plan/prepare.ts";
import { withTemporaryFolder } from "../plan/temporary-folder.ts";
import { runUntilInterrupted } from "../process/run-until-interrupted.ts";
import { changesHash } from "../review/hash.ts";
import { judge, refusal } from "../review/judge.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { applyPlan } from "../terraform/plan.ts";
import { countsText } from "../terraform/terraform-text.ts";
import { applyAgain } from "./again.ts";
import { differenceOf, readReviewed } from "./difference.ts";
import type { ApplyOptions } from "./verb.ts";

const log = "apply";

/**
 * `onair apply`: plans afresh under the lock, and applies those plans if they change what was reviewed and nothing else,
 * and if the guard lets them pass now. Returns the exit code.
 */
export async function runApply(terminal: Terminal, named: readonly string[], options: ApplyOptions): Promise<number> {
  const target = targetWords(options);
  const again = applyAgain(named, options);
  return runUntilInterrupted(terminal, again, async (signal) => {
    const prepared = await prepare({ terminal, signal, target: options, named, verb: "apply", again });
    const lock = { wait: options.wait };
    const { context, stacks } = prepared;
    const work = (folder: string) =>
      withRunNotes(context, stacks, async () => {
        const planned = await planStacks(context, { stacks, folder, lock, log });
        requireWhole(planned);
        await requireReviewed(prepared, planned, options, ["onair plan", ...named, ...target].join(" "));
        await applyAll(prepared, planned, options.wait);
      });
    await withTemporaryFolder(work);
  });
}

/** @throws CliError PLAN_CHANGED, PLAN_REFUSED */
async function requireReviewed(
  { context, target }: Prepared,
  planned: readonly PlannedStack[],
  { reviewed, reviewedPlans, allow }: ApplyOptions,
  planAgain: string,
): Promise<void> {
  const { terminal, again } = context;
  const plans = planned.map(({ plan }) => plan);
  const guarded = await judge(plans, { allow, target, again });
  const changes = changesHash(plans);
  // Another run of the same apply was quicker, or the change was taken back: there is nothing left to be wrong.
  if (plans.every(isIdle)) return;
  const review = () => reviewOf({ plans, guarded, hash: changes }).trimEnd();
  if (changes !== reviewed) {
    if (reviewedPlans !== undefined) terminal.answer(`${differenceOf(plans, readReviewed(reviewedPlans))}\n`);
    terminal.answer(review());
    const why = `Hash of the reviewed changes: ${reviewed}\nHash of the changes now: ${changes}`;
    const cure = `Have this plan reviewed: ${planAgain}`;
    throw new CliError("PLAN_CHANGED", "This is not what was reviewed. Nothing was applied.", why, cure);
  }
  if (!refuses(guarded)) return;
  terminal.answer(review());
  throw refusal(guarded.findings);
}

/** One after the other, those that others depend on first. One that fails ends it: what is left needs a plan of its own. */
async function applyAll({ context }: Prepared, planned: readonly PlannedStack[], wait: string): Promise<void> {
  for (const { plan, file } of planned) {
    const { stack } = plan;
    if (isIdle(plan)) {
      context.terminal.answer(`${stack}: nothing to do`);
      continue;
    }
    const counts = await context.terminal.step(`Apply ${stack}`, async (tell) => {
      const applied = await applyPlan(context, stack, log, { file, wait }, tell);
      return { value: applied, summary: countsText(applied) };
    });
    context.terminal.answer(`${stack}: ${countsText(counts)}`);
  }
}
