import { resolve } from "node:path";
import { chooseTarget } from "../onair/target.ts";
import { planAndKeep } from "../plan/plan-and-keep.ts";
import { requireWhole } from "../plan/plan-stacks.ts";
import { stackOrder } from "../plan/stack-order.ts";
import { runUntilInterrupted } from "../process/run-until-interrupted.ts";
import { openProject } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import type { Terminal } from "../terminal/terminal.ts";

const again = "npm run workflow plan-synthesized";

/**
 * Plans stacks that are synthesized already, on AWS, without a lock, as `onair plan --aws` would: nothing of theirs is run but
 * Terraform. Returns the exit code.
 */
export function planSynthesized(terminal: Terminal, folder: string, out: string): Promise<number> {
  return runUntilInterrupted(terminal, again, async (signal) => {
    const project = openProject(".onair", resolve(folder));
    await chooseTarget(project, true, again);
    const unlock = (_stack: string, lockId: string) => `onair lock release ${lockId} --aws`;
    const context: RunContext = { project, terminal, signal, again, unlock, environment: process.env };
    const stacks = stackOrder(project, [], "plan");
    const { planned } = await planAndKeep(context, { stacks, isAll: true, out: resolve(out), lock: "none" });
    requireWhole(planned);
  });
}
