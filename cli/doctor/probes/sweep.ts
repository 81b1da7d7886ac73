import { awsFailure } from "../../bootstrap/aws-failure.ts";
import { runUntilInterrupted } from "../../process/run-until-interrupted.ts";
import { CliError } from "../../terminal/cli-error.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { type Begun, begin } from "./begin.ts";
import { sweepCommand } from "./leftovers.ts";
import { removeMade } from "./made.ts";
import { removeNamed } from "./named.ts";
import { begunAt } from "./run-name.ts";
import { removeStack } from "./stack-run.ts";

/**
 * Removes the stack of one run and all else that carries its name, whatever ended that run; returns how much. It goes
 * by the run's state and tag, so it touches nothing of another run, nor of a platform. No abort stops it.
 *
 * @throws CliError DEPLOY_FAILED, once all that can be removed is
 */
export async function removeRun(terminal: Terminal, begun: Begun): Promise<number> {
  const { run } = begun;
  const context = begun.context(new AbortController().signal);
  const stack = await terminal
    .step("Remove the stack", async () => ({ value: await removeStack(context, sweepCommand(run)) }))
    .catch((thrown: unknown) => thrown);
  const made = await terminal.step("Remove what else was made", async () => ({ value: await removeMade(begun, run) }));
  if (typeof stack !== "number") throw stack;
  return stack + made;
}

const removeAll = async (terminal: Terminal, begun: Begun): Promise<number> =>
  (await removeRun(terminal, begun)) + (await removeNamed(begun.target.region, begun.run));

/** `onair doctor --aws --sweep <run>`: removes what a run left that was killed, or could not clean up. */
export async function sweepRun(terminal: Terminal, folder: string, run: string): Promise<number> {
  const again = sweepCommand(run);
  if (begunAt(run) === undefined) {
    const rule = "It is called onair-doctor-<twelve digits>-<four letters or digits>.";
    throw new CliError("USAGE", `${run} is no run's name.`, rule, "Try: onair doctor --aws --i-pay, which lists them");
  }
  const begun = await begin(terminal, folder, run, again);
  try {
    return await runUntilInterrupted(terminal, again, async () => {
      const removed = await removeAll(terminal, begun).catch((thrown: unknown) => {
        throw awsFailure(thrown, again);
      });
      terminal.answer(`Removed: ${removed}. Roles called ${run}-… are not looked for; they cost nothing.`);
    });
  } finally {
    begun.end();
  }
}
