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

/** Ends a process and all that it started at once; nothing gets the chance to save. */
export function killTree(pid: number): void {
  // Stopped first, so that it cannot start another one between the listing and the end.
  signalProcess(pid, "SIGSTOP");
  for (const row of descendants(listProcesses(), pid)) signalProcess(row.pid, "SIGKILL");
  signalProcess(-pid, "SIGKILL");
  signalProcess(pid, "SIGKILL");
}

/** Sends a signal; a process that is gone already is no error. Returns whether it was there. */
export function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
