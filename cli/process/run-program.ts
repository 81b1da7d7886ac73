import { CliError } from "../terminal/cli-error.ts";
import type { Child, Ending, Program } from "./child.ts";
import { startChild } from "./child.ts";

/** A program that ran to its end. */
export interface Finished extends Ending {
  /** What it said last, oldest first. */
  lastLines(count: number): string[];
}

/** Terraform gets this long to finish what it is at and to free its locks. */
const graceMilliseconds = 60_000;
/** There is nothing to save to when the cloud itself is gone. */
const graceWithoutCloudMilliseconds = 3000;

/** Stops a child in its own way within the grace, in milliseconds. */
export type Stop = (child: Child, grace: number) => Promise<unknown>;

/**
 * Runs a program to its end. When `signal` is aborted it is stopped in its own way (by default by SIGINT), and the
 * abort's reason is thrown once it is gone.
 */
export async function runProgram(
  program: Program,
  signal: AbortSignal,
  stop: Stop = (child, grace) => child.stop("SIGINT", grace),
): Promise<Finished> {
  signal.throwIfAborted();
  const child = startChild(program);
  let stopping: Promise<unknown> | undefined;
  const onAbort = () => {
    stopping = stop(child, isPartDied(signal.reason) ? graceWithoutCloudMilliseconds : graceMilliseconds);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  const ending = await child.ended;
  signal.removeEventListener("abort", onAbort);
  await stopping;
  signal.throwIfAborted();
  return { ...ending, lastLines: child.lastLines };
}

function isPartDied(reason: unknown): boolean {
  return reason instanceof CliError && reason.code === "PART_DIED";
}
