import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A lock that this process holds until {@link Lock.release}, or until it is gone. */
export interface Lock {
  release(): Promise<void>;
}

/** The lock is held by a process that is alive. */
export class LockHeld extends Error {
  readonly pid: number;
  constructor(path: string, pid: number) {
    super(`${path} is held by process ${pid}`);
    this.pid = pid;
  }
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

const holderOf = async (path: string): Promise<number | undefined> => {
  const text = await readFile(join(path, "pid"), "utf8").catch(() => "");
  return /^\d+$/.test(text) ? Number(text) : undefined;
};

/**
 * Takes the lock at `path`, a folder that comes into being whole: it is made beside with the holder's pid in it and
 * renamed, which fails while another one is there. The lock of a process that is gone is taken over.
 * @throws LockHeld while another living process holds it.
 */
export const acquireLock = async (path: string): Promise<Lock> => {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}-${randomBytes(4).toString("hex")}`;
  await mkdir(beside);
  await writeFile(join(beside, "pid"), String(process.pid));
  try {
    for (;;) {
      try {
        await rename(beside, path);
        return { release: () => rm(path, { recursive: true, force: true }) };
      } catch (error) {
        if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
      }
      const pid = await holderOf(path);
      if (pid !== undefined && isAlive(pid)) throw new LockHeld(path, pid);
      const left = `${beside}-left`;
      await rename(path, left).catch(() => undefined);
      await rm(left, { recursive: true, force: true });
    }
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
};

/**
 * As {@link acquireLock}, but waits for its turn.
 * @param waiting told once, with the holder's pid, when there is something to wait for
 */
export const waitForLock = async (path: string, waiting: (pid: number) => void): Promise<Lock> => {
  for (let told = false; ; told = true) {
    try {
      return await acquireLock(path);
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error;
      if (!told) waiting(error.pid);
    }
    await sleep(200);
  }
};
