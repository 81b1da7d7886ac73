import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { runningChildren } from "./child.ts";
import { watchInterrupts } from "./interrupts.ts";
import { killTree } from "./process-tree.ts";

/**
 * Runs a command to its end and returns its exit code. The first Ctrl-C aborts the signal, and what runs is stopped in
 * its own way; the second ends everything at once and says what that leaves behind.
 *
 * @param again the command that goes on afterwards
 */
export async function runUntilInterrupted(
  terminal: Terminal,
  again: string,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<number> {
  const controller = new AbortController();
  const interrupts = watchInterrupts({
    first: () => {
      const names = runningChildren().map(({ name }) => name);
      const busy = names.includes("terraform") || names.includes("cdktf");
      terminal.note(`Stopping${busy ? "; Terraform ends what it is at" : ""}. Ctrl-C again to give up.`);
      controller.abort(interrupted(again));
    },
    second: () => {
      const error = gaveUp(again);
      for (const { pid } of runningChildren()) killTree(pid);
      process.exit(terminal.fail(error));
    },
  });
  try {
    await work(controller.signal);
    return 0;
  } catch (thrown) {
    return terminal.fail(thrown);
  } finally {
    interrupts.close();
  }
}

function interrupted(again: string): CliError {
  return new CliError(
    "INTERRUPTED",
    "Stopped by you.",
    "Everything that ran was told and has ended.",
    `Go on: ${again}`,
  );
}

function gaveUp(again: string): CliError {
  const names = runningChildren().map(({ name }) => name);
  return new CliError(
    "INTERRUPTED",
    `Given up by you${names.length > 0 ? `: ${names.join(", ")} was ended at once` : ""}.`,
    "A lock may be left, and what Terraform was making may be missing from its state.",
    `Go on: ${again} (it says who holds a lock, and how to free it)`,
  );
}
