import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Environment } from "../terminal/style.ts";
import type { Machine, Python, Tool } from "./requirements.ts";
import { isFitPython } from "./requirements.ts";

const probeTimeoutMilliseconds = 20_000;

/** Looks at this machine: what is on PATH, and which version it says it is. */
export async function probeMachine(environment: Environment): Promise<Machine> {
  const [python, terraform] = await Promise.all([probePython(environment), probeTerraform(environment)]);
  return { platform: process.platform, node: process.versions.node, python, terraform };
}

export async function probeTerraform(environment: Environment): Promise<Tool> {
  const path = findOnPath("terraform", environment);
  if (!path) return {};
  const said = await run(path, ["version", "-json"], { ...environment, CHECKPOINT_DISABLE: "1" });
  const version = /"terraform_version":\s*"([^"]+)"/.exec(said.stdout)?.[1];
  return version ? { path, version } : { path };
}

/** As the local cloud looks for it: the plain name first, since that is the one that the user chose. */
const pythonNames = ["python3", "python3.13", "python3.12", "python3.11", "python3.10"] as const;

/** The first Python that is new enough and can make a virtual environment, else the first one there is. */
async function probePython(environment: Environment): Promise<Python> {
  const found: Python[] = [];
  for (const name of pythonNames) {
    const path = findOnPath(name, environment);
    if (!path) continue;
    const python = await probeOnePython(path, environment);
    if (isFitPython(python)) return python;
    found.push(python);
  }
  return found[0] ?? {};
}

async function probeOnePython(path: string, environment: Environment): Promise<Python> {
  const program = 'import sys; print("%d.%d.%d" % sys.version_info[:3], flush=True); import venv, ensurepip';
  const said = await run(path, ["-c", program], environment);
  const version = said.stdout.trim();
  return version ? { path, version, venv: said.succeeded } : { path };
}

/** The first executable file of that name on PATH, as a shell would find it. */
export function findOnPath(name: string, environment: Environment): string | undefined {
  return (environment.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function run(path: string, args: readonly string[], env: Environment): Promise<{ succeeded: boolean; stdout: string }> {
  return new Promise((resolve) => {
    execFile(path, args, { env, timeout: probeTimeoutMilliseconds }, (error, stdout) => {
      resolve({ succeeded: !error, stdout });
    });
  });
}
