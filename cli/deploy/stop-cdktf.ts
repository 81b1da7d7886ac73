import { setTimeout as sleep } from "node:timers/promises";
import type { Child } from "../process/child.ts";
import type { ProcessRow } from "../process/process-tree.ts";
import { descendants, killTree, listProcesses, signalProcess } from "../process/process-tree.ts";

const pollMilliseconds = 200;

/**
 * Ends a run of cdktf-cli without harm. Told to stop, cdktf 0.21 exits within a tenth of a second and takes the pseudo
 * terminal of its Terraform away, which ends it in the middle of its work, lock held. So cdktf is told nothing: each
 * Terraform below it gets the SIGINT, exactly once (a second one makes it drop everything), and cdktf follows by itself
 * when its Terraform has ended. Returns whether it ended so within the grace, and not by force.
 *
 * cdktf is stopped (SIGSTOP) while we look: a stopped process cannot start a Terraform behind our back.
 */
export async function stopCdktf(cdktf: Child, graceMilliseconds: number): Promise<boolean> {
  const told = new Set<number>();
  const deadline = performance.now() + graceMilliseconds;
  while (cdktf.running) {
    signalProcess(cdktf.pid, "SIGSTOP");
    const below = descendants(listProcesses(), cdktf.pid);
    const late = performance.now() > deadline;
    if (below.length === 0 || late) {
      killTree(cdktf.pid);
      await cdktf.ended;
      return !late;
    }
    for (const { pid } of terraforms(below)) {
      if (!told.has(pid)) signalProcess(pid, "SIGINT");
      told.add(pid);
    }
    // It goes on reading what Terraform prints: a full terminal would block Terraform.
    signalProcess(cdktf.pid, "SIGCONT");
    await Promise.race([cdktf.ended, sleep(pollMilliseconds)]);
  }
  return true;
}

/** Provider plugins are left out: Terraform stops them itself. */
function terraforms(rows: readonly ProcessRow[]): ProcessRow[] {
  return rows.filter(({ command }) => command === "terraform");
}
