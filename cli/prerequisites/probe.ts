import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Environment } from "../terminal/style.ts";
import type { Machine, Tool } from "./requirements.ts";

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
  return { path, version: /"terraform_version":\s*"([^"]+)"/.exec(said.stdout)?.[1] };
}

async function probePython(environment: Environment): Promise<Machine["python"]> {
  const path = findOnPath("python3", environment);
  if (!path) return {};
  const program = 'import sys; print("%d.%d.%d" % sys.version_info[:3], flush=True); import venv, ensurepip';
  const said = await run(path, ["-c", program], environment);
  return { path, version: said.stdout.trim() || undefined, venv: said.succeeded };
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
