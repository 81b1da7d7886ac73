import { join } from "node:path";
import { App } from "cdktf";
import type { RunContext } from "#cli/run-context.ts";
import { createTerminal } from "#cli/terminal/terminal.ts";
import { applyStack, initStack, isDeployed } from "#cli/terraform/run-terraform.ts";
import type { ResourceCounts } from "#cli/terraform/terraform-text.ts";
import { AwsStack, type AwsStackProps, type RemoteState } from "#constructs/core/aws-stack.ts";
import { readBackend } from "#settings/backend.ts";
import { type DeployedCloud, REGION } from "./deployed.ts";
import { Terraform } from "./terraform.ts";

const ROOT = join(import.meta.dirname, "../..");

/** A stack of a test's own: its state lies beside the project's, in the same bucket, under the same kind of locks. */
export interface SmallStack {
  /** The real Terraform in its folder. */
  readonly terraform: Terraform;
  readonly state: RemoteState;
  /** `terraform init` and `terraform apply`, as the commands of cli/ run them. */
  init(): Promise<void>;
  deploy(signal?: AbortSignal): Promise<ResourceCounts>;
  /** Whether a plan finds nothing to do. */
  isDeployed(): Promise<boolean>;
}

/** Where the stacks of one person are synthesized to. */
export interface SmallStackOptions extends Partial<AwsStackProps> {
  /** Two people have two. @default "one" */
  readonly person?: string;
}

/** Writes a stack of a few resources, to be deployed in a cloud that has the state's bucket and table. */
export function smallStack(
  { cloud, folder }: DeployedCloud,
  name: string,
  { person = "one", ...props }: SmallStackOptions,
  build: (stack: AwsStack) => void,
): SmallStack {
  const { bucket, region, dynamodb_table: dynamodbTable } = readBackend(ROOT, "dev", ["dev"]);
  const state = { bucket, region, dynamodbTable, key: `onair/test/${name}.tfstate` };
  const output = join(folder, `${person}.out`);
  const app = new App({ outdir: output });
  build(new AwsStack(app, name, { region: REGION, namePrefix: `test-${name}`, remoteState: state, ...props }));
  app.synth();
  const terraform = new Terraform(join(output, "stacks", name), cloud.environment);
  const silent = { write: () => true };
  const context = (signal = new AbortController().signal): RunContext => ({
    project: { root: ROOT, folder: join(folder, "cloud"), output },
    terminal: createTerminal({ stdout: silent, stderr: silent, environment: {} }),
    environment: terraform.environment,
    signal,
    again: "deploy again",
    unlock: (_stack, lockId) => `terraform force-unlock -force ${lockId}`,
  });
  return {
    terraform,
    state,
    init: () => initStack(context(), name, "init"),
    deploy: (signal) => applyStack(context(signal), name, "deploy", () => {}),
    isDeployed: () => isDeployed(context(), name, "deploy"),
  };
}
