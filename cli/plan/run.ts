import { join, relative, resolve } from "node:path";
import { withRunNotes } from "../lock/note-run.ts";
import { runUntilInterrupted } from "../process/run-until-interrupted.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { planAndKeep } from "./plan-and-keep.ts";
import { requireWhole } from "./plan-stacks.ts";
import { prepare, targetWords } from "./prepare.ts";
import type { PlanOptions } from "./verb.ts";

/** `onair plan`: plans stacks and keeps what a review reads; changes nothing. Returns the exit code. */
export async function runPlan(terminal: Terminal, named: readonly string[], options: PlanOptions): Promise<number> {
  const again = ["onair plan", ...named, ...targetWords(options)].join(" ");
  return runUntilInterrupted(terminal, again, async (signal) => {
    const prepared = await prepare({ terminal, signal, target: options, named, verb: "plan", again });
    const { context, stacks } = prepared;
    const lock = options.lock ? { wait: "0s" } : "none";
    const out = options.out === undefined ? join(context.project.folder, "plans") : resolve(options.out);
    const keep = () => planAndKeep(context, { stacks, isAll: named.length === 0, out, lock });
    const { planned, files } = await (options.lock ? withRunNotes(context, stacks, keep) : keep());
    const words = [...files.map(shown), "--live-from-target", ...targetWords(options)];
    terminal.note(`Next: onair review ${words.join(" ")}`);
    requireWhole(planned);
  });
}

const shown = (file: string): string => {
  const short = relative(process.cwd(), file);
  return short.startsWith("..") ? file : short;
};
