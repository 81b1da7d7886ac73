import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import { readIfThere } from "./ready-file.ts";

const lockPath = (project: Project) => join(project.folder, "start.pid");

/** The process that runs `npm start` in this folder; undefined when none does, whatever files say. */
export function runningStart(project: Project): number | undefined {
  const pid = Number(readIfThere(lockPath(project)));
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  // After a reboot the number may belong to anything.
  const { stdout } = spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  return /\bcli\/start\/main\.ts\b/.test(stdout ?? "") ? pid : undefined;
}

/**
 * Takes this folder for this process. Returns undefined when another `npm start` has it.
 *
 * @throws CliError FOLDER_NOT_WRITABLE
 */
export function takeFolder(project: Project): { release(): void } | undefined {
  const path = lockPath(project);
  try {
    mkdirSync(join(project.folder, "logs"), { recursive: true });
    if (runningStart(project) === undefined) rmSync(path, { force: true });
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return { release: () => rmSync(path, { force: true }) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && runningStart(project) !== undefined) return undefined;
    throw new CliError(
      "FOLDER_NOT_WRITABLE",
      `The folder ${project.folder} cannot be written to.`,
      `${message}. Nothing was started.`,
      "Make it yours (chown, chmod) or free some space, or choose another: npm start -- --folder <folder>",
    );
  }
}
