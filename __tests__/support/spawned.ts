import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { signalProcess } from "#cli/process/process-tree.ts";

/** A command in a process group of its own, as in a terminal, and all that it has said. */
export interface Spawned {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string | null>;
  /** What the terminal does on Ctrl-C: everything in the foreground gets the signal. */
  interrupt(): void;
}

export function spawnGroup(
  command: string,
  args: readonly string[],
  options: Pick<SpawnOptions, "cwd" | "env">,
): Spawned {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const text = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.on("data", (chunk) => {
      text[stream] += chunk;
    });
  }
  return {
    child,
    output: () => text.stdout,
    errors: () => text.stderr,
    ended: once(child, "close").then(([code, signal]) => code ?? signal),
    interrupt: () => void signalProcess(-Number(child.pid), "SIGINT"),
  };
}
