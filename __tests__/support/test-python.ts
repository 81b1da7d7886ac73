import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { installVenv } from "#local/ministack/install.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");

/** A Python with boto3 and botocore of the pinned versions; installed once, beside the emulator's. */
const testPython = (): Promise<string> =>
  installVenv({
    folder: join(root, ".onair/venv-test"),
    requirements: join(root, "local/ministack/requirements-test.txt"),
    report: () => undefined,
  });

/** Runs a Python file of the project, where boto3 and botocore are to be had; answers what it printed. */
export const runPython = async (file: string, args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}) => {
  const { PATH, HOME } = process.env;
  const { stdout } = await run(await testPython(), [join(root, file), ...args], {
    env: { PATH, HOME, ...environment },
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
};
