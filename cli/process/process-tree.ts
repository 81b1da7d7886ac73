import { spawnSync } from "node:child_process";

/** One process of this machine. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** The executable's name without its folder. */
  readonly command: string;
}

/** All processes, by the one `ps` call that Linux and macOS share. A process that is dead but not yet waited for is left out. */
export function listProcesses(): ProcessRow[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,stat=,comm="], { encoding: "utf8" });
  return parseProcesses(stdout ?? "");
}

export function parseProcesses(text: string): ProcessRow[] {
  return text.split("\n").flatMap((line) => {
    const found = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
    if (!found || found[3]?.startsWith("Z")) return [];
    return [{ pid: Number(found[1]), parent: Number(found[2]), command: (found[4] ?? "").replace(/^.*\//, "") }];
  });
}

/** Children, their children, and so on, parents first. */
export function descendants(rows: readonly ProcessRow[], pid: number): ProcessRow[] {
  const children = rows.filter((row) => row.parent === pid && row.pid !== pid);
  return children.flatMap((child) => [child, ...descendants(rows, child.pid)]);
}

/** Ends a process and all that it started at once; nothing gets the chance to save. 0 is no process, as below. */
export function killTree(pid: number): void {
  if (pid === 0) return;
  // Stopped first, so that it cannot start another one between the listing and the end.
  signalProcess(pid, "SIGSTOP");
  for (const row of descendants(listProcesses(), pid)) signalProcess(row.pid, "SIGKILL");
  signalProcess(-pid, "SIGKILL");
  signalProcess(pid, "SIGKILL");
}

/**
 * Sends a signal; a process that is gone already is no error. Returns whether it was there.
 *
 * @param pid a negative one is a process group; 0, the pid of a child that could not be started, is nobody (to the system
 * it is our own group, with the user's shell in it)
 */
export function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
