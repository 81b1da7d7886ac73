import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { TestProject } from "vitest/node";
import { type Cloud, startCloud } from "#local/cloud.ts";
import { clientOptions, DEPLOYED, type Deployed, PROJECT_VENV, REGION } from "./deployed.ts";
import { ProjectCopy } from "./project-copy.ts";
import { run } from "./terraform.ts";

declare module "vitest" {
  interface ProvidedContext {
    [DEPLOYED]: Deployed;
  }
}

const ROOT = join(import.meta.dirname, "../..");

/** What this run of the tests has deployed: the projects of the tests share it, though each loads this file anew. */
const shared = globalThis as { onairDeployed?: Promise<{ readonly folder: string; readonly deployed: Deployed }> };

/**
 * Deploys the project once for all tests, as its users do: the bootstrap, then the real cdktf-cli. Tests restore what it
 * leaves: the cloud's folder with everything saved, and the output folder with Terraform's providers.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  shared.onairDeployed ??= deployed();
  const { folder, deployed: made } = await shared.onairDeployed;
  project.provide(DEPLOYED, made);
  return () => rmSync(folder, { recursive: true, force: true });
}

async function deployed(): Promise<{ readonly folder: string; readonly deployed: Deployed }> {
  const folder = mkdtempSync(join(tmpdir(), "onair-deployed-"));
  const copy = new ProjectCopy();
  const cloud = await startCloud({ folder: join(folder, "cloud"), venvFolder: PROJECT_VENV, port: 0, region: REGION });
  try {
    await deploy(cloud, copy, join(folder, "cdktf.out"));
    await cloud.save();
  } finally {
    await cloud.stop();
    copy.remove();
  }
  return { folder, deployed: { cloud: join(folder, "cloud"), output: join(folder, "cdktf.out") } };
}

async function deploy(cloud: Cloud, copy: ProjectCopy, output: string): Promise<void> {
  const environment = { ...process.env, ...cloud.environment, CDKTF_OUTDIR: output, CI: "1", FORCE_COLOR: "0" };
  // The command line's own folder, so that it runs as it does for a user; main.ts is the same there.
  const bootstrap = run(process.execPath, ["--import", "tsx", "cli/bootstrap/main.ts"], ROOT, environment);
  // Both stacks need only that the bucket and the table exist: half the waiting of a first deploy.
  await Promise.race([bootstrap, lockTable(cloud)]);
  const cli = join(ROOT, "node_modules/.bin/cdktf");
  const args = ["deploy", "platform", "--auto-approve", "--skip-provider-lock", "--output", output];
  const [bootstrapped, deployed] = await Promise.all([bootstrap, run(cli, args, copy.folder, environment)]);
  for (const { status, stdout, stderr } of [bootstrapped, deployed]) {
    if (status !== 0) throw new Error(`The project does not deploy (exit ${status}):\n${stdout}\n${stderr}`);
  }
}

async function lockTable(cloud: Cloud): Promise<void> {
  const client = new DynamoDBClient(clientOptions(cloud));
  for (;;) {
    const answer = await client
      .send(new DescribeTableCommand({ TableName: "onair-terraform-locks" }))
      .catch(() => undefined);
    if (answer?.Table?.TableStatus === "ACTIVE") return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
