import { spawn } from "node:child_process";

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One change of a plan: an address, and what happens to it. */
export interface Change {
  readonly address: string;
  /** `create`, `update`, `replace` or `delete`. */
  readonly action: string;
}

const PLAN = "test.tfplan";
/** The provider is a large Go program that lives for seconds: a quarter of its time is collecting garbage. */
const LESS_COLLECTING = { GOGC: "400" };

/** Runs a program to its end without blocking, so that a cloud in this process can answer it. */
export function run(command: string, args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv) {
  return new Promise<Finished>((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => {
      output.stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output.stderr += chunk;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...output }));
  });
}

/** The real Terraform in one stack's folder. */
export class Terraform {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;

  /** @param environment what points at the cloud */
  constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.environment = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TF_IN_AUTOMATION: "1",
      ...LESS_COLLECTING,
      ...environment,
    };
  }

  run(...args: string[]): Promise<Finished> {
    return run("terraform", args, this.folder, this.environment);
  }

  /** Runs it and throws what it said where it fails. */
  async must(...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await this.run(...args);
    if (status !== 0) throw new Error(`terraform ${args.join(" ")}: ${status}\n${stdout}\n${stderr}`);
    return stdout;
  }

  init(): Promise<string> {
    return this.must("init", "-input=false", "-no-color");
  }

  apply(...args: string[]): Promise<string> {
    return this.must("apply", "-auto-approve", "-input=false", "-no-color", ...args);
  }

  /** What a plan would change; reads of data sources are not changes. The plan is kept for {@link applyPlanned}. */
  async changes(...args: string[]): Promise<Change[]> {
    // Its own stream of events: `terraform show` would start the provider once more to say the same.
    const lines = await this.must("plan", "-json", "-input=false", `-out=${PLAN}`, ...args);
    return lines
      .split("\n")
      .filter((line) => line.includes('"planned_change"'))
      .map((line) => JSON.parse(line).change)
      .map(({ resource, action }) => ({ address: resource.addr, action }))
      .filter(({ action }) => action !== "read");
  }

  /** Carries out the plan whose {@link changes} were looked at last. */
  applyPlanned(): Promise<string> {
    return this.must("apply", "-input=false", "-no-color", PLAN);
  }

  /** The values of the stack's outputs. */
  async outputs(): Promise<Record<string, { value: unknown }>> {
    return JSON.parse(await this.must("output", "-json"));
  }
}

/** Addresses of changes, in order, by what happens to them. */
export const byAction = (changes: readonly Change[]): Record<string, string[]> =>
  Object.fromEntries(
    [...new Set(changes.map(({ action }) => action))].map((wanted) => [
      wanted,
      changes
        .filter(({ action }) => action === wanted)
        .map(({ address }) => address.replace(/_[0-9A-F]{8}$/, ""))
        .sort(),
    ]),
  );
