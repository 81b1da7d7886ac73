import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { openProject, projectRoot, stackFolder, synthesizedStacks } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Where jobs and people run Terraform. */
const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"] as const;

/** What Terraform calls it in the folder of a stack. */
const LOCK = ".terraform.lock.hcl";

const lockOf = (root: string, stack: string): string => join(root, "locks", `${stack}.lock.hcl`);

/**
 * Puts the committed locks of providers beside stacks, and answers with the variable that makes Terraform take them as they are.
 * Where none are committed, nothing is done.
 *
 * @param output what was, or will be, synthesized
 * @param stacks those that will be planned
 */
export function useLocks(terminal: Terminal, output: string, stacks: readonly string[], root = projectRoot): void {
  const locked = stacks.filter((stack) => existsSync(lockOf(root, stack)));
  if (locked.length === 0) {
    terminal.note("No lock of providers is committed: Terraform takes the newest that fit.");
    return;
  }
  const missing = stacks.find((stack) => !locked.includes(stack));
  if (missing !== undefined) {
    const what = `locks/${missing}.lock.hcl is missing.`;
    throw new CliError("USAGE", what, `There is one of ${locked.join(", ")}.`, "Write all: npm run locks");
  }
  for (const stack of stacks) {
    const folder = stackFolder(openProject(".onair", output), stack);
    mkdirSync(folder, { recursive: true });
    copyFileSync(lockOf(root, stack), join(folder, LOCK));
  }
  terminal.answer("TF_CLI_ARGS_init=-lockfile=readonly");
}

/**
 * Writes the lock of each synthesized stack, with the hashes of the registry for all platforms: to be run where the registry is.
 *
 * @throws CliError INSTALL_FAILED
 */
export function refreshLocks(terminal: Terminal, output: string): void {
  const project = openProject(".onair", output);
  mkdirSync(join(projectRoot, "locks"), { recursive: true });
  for (const stack of synthesizedStacks(project)) {
    const cwd = stackFolder(project, stack);
    const args = ["providers", "lock", ...PLATFORMS.map((platform) => `-platform=${platform}`)];
    const { status, stderr, error } = spawnSync("terraform", args, { cwd, encoding: "utf8" });
    if (status !== 0) {
      const what = `The providers of ${stack} could not be locked.`;
      throw new CliError(
        "INSTALL_FAILED",
        what,
        error?.message ?? stderr,
        "Again, where the registry is: npm run locks",
      );
    }
    copyFileSync(join(cwd, LOCK), lockOf(projectRoot, stack));
    terminal.answer(`locks/${stack}.lock.hcl`);
  }
}
