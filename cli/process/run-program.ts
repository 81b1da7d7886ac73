import type { Child, Ending, Program } from "./child.ts";
import { startChild } from "./child.ts";

/** A program that ran to its end. */
export interface Finished extends Ending {
  /** What it said last, oldest first. */
  lastLines(count: number): string[];
}

/** Terraform gets this long to finish what it is at and to free its locks. */
export const terraformGraceMilliseconds = 60_000;

/**
 * Runs a program to its end. When `signal` is aborted it is stopped in its own way (by default: SIGINT and a minute), and
 * the abort's reason is thrown once it is gone.
 */
export async function runProgram(
  program: Program,
  signal: AbortSignal,
  stop: (child: Child) => Promise<unknown> = (child) => child.stop("SIGINT", terraformGraceMilliseconds),
): Promise<Finished> {
  signal.throwIfAborted();
  const child = startChild(program);
  let stopping: Promise<unknown> | undefined;
  const onAbort = () => {
    stopping = stop(child);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  const ending = await child.ended;
  signal.removeEventListener("abort", onAbort);
  await stopping;
  signal.throwIfAborted();
  return { ...ending, lastLines: child.lastLines };
}
