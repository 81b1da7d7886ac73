import { createHash } from "node:crypto";
import { mkdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { CloudFailure } from "./failure.ts";
import { acquireLock, type Lock, LockHeld } from "./lock.ts";

/** Another living process runs the cloud of this folder. */
export class AlreadyRunning extends CloudFailure {
  readonly pid: number;
  constructor(folder: string, pid: number) {
    super("ALREADY_RUNNING", `Process ${pid} runs the local cloud of ${folder}.`);
    this.pid = pid;
  }
}

const NOT_WRITABLE = ["EACCES", "EEXIST", "ENOSPC", "ENOTDIR", "EPERM", "EROFS"];

/**
 * Makes a cloud's folder and takes it for this process, as two clouds in one would overwrite each other.
 * @throws AlreadyRunning, or CloudFailure FOLDER_NOT_WRITABLE
 */
export const takeFolder = async (folder: string): Promise<Lock> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await acquireLock(join(folder, "lock"));
  } catch (error) {
    if (error instanceof LockHeld) throw new AlreadyRunning(folder, error.pid);
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!NOT_WRITABLE.includes(code)) throw error;
    throw new CloudFailure(
      "FOLDER_NOT_WRITABLE",
      `The folder ${folder} cannot be written: ${message}. Nothing was started.`,
    );
  }
};

/** Names a folder without telling where it is. */
export const instanceOf = async (folder: string): Promise<string> =>
  createHash("sha256")
    .update(await realpath(folder))
    .digest("hex")
    .slice(0, 16);
