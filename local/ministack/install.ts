import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CloudFailure } from "../failure.ts";
import { waitForLock } from "../lock.ts";
import { withoutCredentials } from "./environment.ts";
import { findPython } from "./python.ts";

export interface InstallOptions {
  /** The virtual environment's folder. */
  readonly folder: string;
  /** @default the requirements.txt beside this file */
  readonly requirements?: string;
  /** Told in a line for a human what takes time. */
  readonly report: (line: string) => void;
  /** Ends an installation that is under way; the next one begins anew. */
  readonly signal?: AbortSignal | undefined;
}

/** Written last, so that it is there only when everything else is. */
const STAMP = "onair-complete";
const LAST_LINES = 6;

const requirementsHere = join(import.meta.dirname, "requirements.txt");

/** Runs a program to its end. Its lines go to `onLine`; the error carries the last ones. */
const runToEnd = (
  command: string,
  args: readonly string[],
  onLine: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: withoutCredentials(process.env),
      stdio: ["ignore", "pipe", "pipe"],
      ...(signal && { signal }),
    });
    const last: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        last.push(line);
        last.splice(0, last.length - LAST_LINES);
        onLine(line);
      });
    }
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(last.join("\n")))));
  });

const makeVenv = async (python: string, folder: string, signal: InstallOptions["signal"]): Promise<void> => {
  await runToEnd(python, ["-m", "venv", folder], () => undefined, signal).catch((error: Error) => {
    signal?.throwIfAborted();
    throw new CloudFailure(
      "VENV_MISSING",
      `${python} -m venv failed: ${error.message}\nDebian, Ubuntu: apt install python3-venv.`,
    );
  });
};

/** Only wheels, each of a hash that the requirements name: nothing of a package runs while it is installed. */
const PIP = [
  "-m",
  "pip",
  "install",
  "--require-hashes",
  "--only-binary",
  ":all:",
  "--no-input",
  "--progress-bar",
  "off",
];

const installPackages = async (folder: string, requirements: string, { report, signal }: InstallOptions) => {
  const args = [...PIP, "--disable-pip-version-check", "--requirement", requirements];
  const onLine = (line: string) => {
    const name = /^Collecting (\S+?)==/.exec(line)?.[1];
    if (name !== undefined) report(`  ${name}`);
  };
  await runToEnd(join(folder, "bin", "python"), args, onLine, signal).catch((error: Error) => {
    signal?.throwIfAborted();
    throw new CloudFailure(
      "INSTALL_FAILED",
      `The local cloud's Python packages could not be installed: ${error.message}\nNothing was kept; start again once it is cured.`,
    );
  });
};

/**
 * Makes sure of a virtual environment that holds exactly the pinned packages, and returns its Python.
 * It is built beside and renamed when whole; one that is half made, or made of other requirements, is built again.
 * Two starts at once do not collide: the second waits for the first.
 * @throws CloudFailure PYTHON_MISSING, VENV_MISSING or INSTALL_FAILED
 */
export const installVenv = async (options: InstallOptions): Promise<string> => {
  const { folder, requirements = requirementsHere, report, signal } = options;
  const wanted = createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex");
  const python = join(folder, "bin", "python");
  const isWhole = async () => (await readFile(join(folder, STAMP), "utf8").catch(() => "")) === wanted;
  if (await isWhole()) return python;

  const lock = await waitForLock(`${folder}.lock`, (pid) => report(`Waiting for process ${pid}, which installs them`));
  try {
    if (await isWhole()) return python;
    const base = await findPython();
    report(`Installing the local cloud's packages (about 90 MB, once) with Python ${base.version}`);
    const beside = `${folder}.making`;
    await rm(beside, { recursive: true, force: true });
    await makeVenv(base.command, beside, signal);
    await installPackages(beside, requirements, options);
    await writeFile(join(beside, STAMP), wanted);
    await rm(folder, { recursive: true, force: true });
    await rename(beside, folder);
    return python;
  } finally {
    await lock.release();
  }
};
