import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./lock.ts";
import { type RunFile, readRunFile } from "./run-files.ts";

/** A first start installs Python packages; a later one takes a second. */
const PATIENCE_SECONDS = 240;

/** The addresses of the cloud that holds a folder, once it is ready; undefined when it ends before, or takes too long. */
export const runningCloudOf = async (folder: string, readyFile: string, pid: number): Promise<RunFile | undefined> => {
  const deadline = Date.now() + PATIENCE_SECONDS * 1000;
  while (isAlive(pid) && Date.now() < deadline) {
    const run = (await readRunFile(readyFile)) ?? (await readRunFile(join(folder, "run.json")));
    if (run !== undefined) return run;
    await sleep(200);
  }
  return undefined;
};
