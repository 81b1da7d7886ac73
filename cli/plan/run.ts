import { join, relative, resolve } from "node:path";
import { runUntilInterrupted } from "../process/run-until-interrupted.ts";
import type { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { keepPlans } from "./keep.ts";
import { countsLine, planStacks } from "./plan-stacks.ts";
import { prepare, targetWords } from "./prepare.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";
import type { PlanOptions } from "./verb.ts";

/** `onair plan`: plans stacks and keeps what a review reads; changes nothing. Returns the exit code. */
export async function runPlan(terminal: Terminal, named: readonly string[], options: PlanOptions): Promise<number> {
  const again = ["onair plan", ...named, ...targetWords(options)].join(" ");
  return runUntilInterrupted(terminal, again, async (signal) => {
    const prepared = await prepare({ terminal, signal, target: options, named, verb: "plan", again });
    const { context, stacks } = prepared;
    const lock = options.lock ? { wait: "0s" } : "none";
    await withTemporaryFolder(async (folder) => {
      const planned = await planStacks(context, { stacks, folder, lock, log: "plan" });
      const out = options.out === undefined ? join(context.project.folder, "plans") : resolve(options.out);
      const files = await keepPlans(context, planned, { folder: out, isAll: named.length === 0 });
      for (const { plan } of planned) terminal.answer(`${plan.stack}: ${countsLine(plan)}`);
      const words = [...files.map(shown), "--live-from-target", ...targetWords(options)];
      terminal.note(`Next: onair review ${words.join(" ")}`);
      throwFirst(planned.map(({ failure }) => failure));
    });
  });
}

const shown = (file: string): string => {
  const short = relative(process.cwd(), file);
  return short.startsWith("..") ? file : short;
};

/** What broke off is kept for a review all the same: it says why. */
function throwFirst(failures: readonly (CliError | undefined)[]): void {
  const first = failures.find((failure) => failure !== undefined);
  if (first !== undefined) throw first;
}
