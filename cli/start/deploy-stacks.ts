import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applyState } from "../bootstrap/bootstrap.ts";
import { deployStack } from "../deploy/deploy-stack.ts";
import { stackFolder } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Progress } from "../terminal/terminal.ts";
import { initStack, isDeployed } from "../terraform/run-terraform.ts";
import type { ResourceCounts } from "../terraform/terraform-text.ts";
import { countsText, sum } from "../terraform/terraform-text.ts";
import { readIfThere } from "./ready-file.ts";

const nothing: ResourceCounts = { imported: 0, added: 0, changed: 0, destroyed: 0 };

/**
 * Deploys stacks `state` and `platform` at the same time: each has a state and a lock of its own, and all that platform
 * needs of the other, bucket and table, the SDK has made before. Returns whether anything was changed.
 *
 * @throws CliError
 */
export async function deployStacks(context: RunContext): Promise<boolean> {
  return context.terminal.step("Deploy stacks state and platform", async (tell) => {
    const details = { state: () => "", platform: () => "" };
    tell(() =>
      Object.entries(details)
        .flatMap(([stack, detail]) => (detail() ? [`${stack} ${detail()}`] : []))
        .join("; "),
    );
    const [state, platform] = await Promise.allSettled([
      applyState(context, keep(details, "state")),
      deployPlatform(context, keep(details, "platform")),
    ]);
    if (state.status === "rejected" || platform.status === "rejected") throw worst([platform, state]);
    const summary = `state ${countsText(state.value)}; platform ${countsText(platform.value)}`;
    return { value: sum(state.value) + sum(platform.value) > 0, summary };
  });
}

function keep(details: Record<string, () => string>, stack: string): Progress {
  return (detail) => {
    details[stack] = typeof detail === "string" ? () => detail : detail;
  };
}

/** Of several errors the one that says most: another stack's error explains more than our own stop. */
function worst(results: readonly PromiseSettledResult<unknown>[]): unknown {
  const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  return errors.find((error) => !(error instanceof CliError && error.code === "INTERRUPTED")) ?? errors[0];
}

/**
 * `cdktf deploy` of platform, unless a real plan against the real resources says that there is nothing to do: cdktf-cli
 * takes twice as long to find that out. The plan is only asked where this very JSON has been deployed before; it, not
 * the remembered hash, decides.
 */
async function deployPlatform(context: RunContext, tell: Progress): Promise<ResourceCounts> {
  const stack = "platform";
  const folder = stackFolder(context.project, stack);
  const remembered = join(folder, "deployed.sha256");
  const hash = createHash("sha256")
    .update(readFileSync(join(folder, "cdk.tf.json")))
    .digest("hex");
  tell("preparing Terraform");
  await initLocally(context, stack);
  if (readIfThere(remembered) === hash) {
    tell("comparing");
    if (await isDeployed(context, stack, "deploy")) return nothing;
  }
  rmSync(remembered, { force: true });
  const counts = await deployStack(context, stack, tell);
  writeFileSync(remembered, hash);
  return counts;
}

/**
 * `terraform init` for the local cloud. Its providers come from whatever this machine has (a mirror, the registry, the
 * archive stand-in), so that the checksums of an earlier start may not fit: then they are forgotten. That is safe only
 * here, where the folder and its lock file belong to the local cloud and never meet an AWS account.
 */
async function initLocally(context: RunContext, stack: string): Promise<void> {
  try {
    await initStack(context, stack, "deploy");
  } catch (thrown) {
    if (!(thrown instanceof CliError) || !/checksum/i.test(`${thrown.what} ${thrown.why}`)) throw thrown;
    rmSync(join(stackFolder(context.project, stack), ".terraform.lock.hcl"), { force: true });
    await initStack(context, stack, "deploy");
  }
}
