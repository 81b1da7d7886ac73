import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { CloudFailure } from "../failure.ts";
import { withoutCredentials } from "./environment.ts";

const run = promisify(execFile);

/** The oldest Python that the pinned packages run on. */
const MINIMUM = [3, 10] as const;
/** Tried in this order; the plain name first, as it is the one that the user chose. */
const NAMES = ["python3", "python3.13", "python3.12", "python3.11", "python3.10"] as const;

export interface Python {
  readonly command: string;
  /** For example `3.11.7`. */
  readonly version: string;
}

const versionOf = async (command: string): Promise<string | undefined> => {
  try {
    const { stdout } = await run(command, ["-c", "import platform; print(platform.python_version())"], {
      env: withoutCredentials(process.env),
    });
    return stdout.trim();
  } catch {
    return undefined;
  }
};

export const isNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
};

/**
 * Finds a Python that is new enough.
 * @throws CloudFailure PYTHON_MISSING
 */
export const findPython = async (): Promise<Python> => {
  const tooOld: string[] = [];
  for (const command of NAMES) {
    const version = await versionOf(command);
    if (version === undefined) continue;
    if (isNewEnough(version)) return { command, version };
    tooOld.push(`${command} is ${version}`);
  }
  const found = tooOld.length === 0 ? "none is on PATH" : tooOld.join(", ");
  throw new CloudFailure(
    "PYTHON_MISSING",
    `Python >= ${MINIMUM.join(".")} is needed, ${found}. macOS: brew install python; Debian, Ubuntu: apt install python3 python3-venv.`,
  );
};
