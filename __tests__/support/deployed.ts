import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { type Cloud, type CloudOptions, startCloud } from "#local/cloud.ts";
import { Terraform } from "./terraform.ts";

/** Python and the emulator are installed once, where `npm start` has them too. */
export const PROJECT_VENV = join(import.meta.dirname, "../../.onair/venv");
/** The region of the project's own settings. */
export const REGION = "us-west-2";

export const DEPLOYED = "deployed";
/** What the deployment before all tests left. */
export interface Deployed {
  /** The stopped cloud's folder. */
  readonly cloud: string;
  /** The synthesized stacks, with the providers that Terraform installed. */
  readonly output: string;
}

/** A cloud of a test's own, in which the project is deployed. */
export interface DeployedCloud extends AsyncDisposable {
  readonly cloud: Cloud;
  readonly folder: string;
  /** The synthesized stacks: pass it as CDKTF_OUTDIR to synthesize again. */
  readonly output: string;
  /** The real Terraform in the folder of a stack. */
  terraform(stack: string): Terraform;
}

/** Options for an SDK client that talks to a cloud, as its owner. */
export const clientOptions = ({ environment }: Cloud) => ({
  endpoint: String(environment.AWS_ENDPOINT_URL),
  region: String(environment.AWS_REGION),
  credentials: {
    accessKeyId: String(environment.AWS_ACCESS_KEY_ID),
    secretAccessKey: String(environment.AWS_SECRET_ACCESS_KEY),
  },
});

/** Starts a cloud from what the deployment before all tests saved; dispose of it at the end. */
export async function deployedCloud(options: Pick<CloudOptions, "recordDecisions"> = {}): Promise<DeployedCloud> {
  const deployed = inject(DEPLOYED);
  const folder = mkdtempSync(join(tmpdir(), "onair-restored-"));
  const output = join(folder, "cdktf.out");
  cpSync(deployed.cloud, join(folder, "cloud"), { recursive: true, verbatimSymlinks: true });
  cpSync(deployed.output, output, { recursive: true, verbatimSymlinks: true });
  const place = { folder: join(folder, "cloud"), venvFolder: PROJECT_VENV, port: 0 };
  const cloud = await startCloud({ ...place, ...options, region: REGION });
  return {
    cloud,
    folder,
    output,
    terraform: (stack) => new Terraform(join(output, "stacks", stack), cloud.environment),
    async [Symbol.asyncDispose]() {
      await cloud.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
