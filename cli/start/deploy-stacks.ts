import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deployStack } from "../deploy/deploy-stack.ts";
import { stackFolder } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Progress } from "../terminal/terminal.ts";
import { applyStack, initStack, isDeployed } from "../terraform/run-terraform.ts";
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
  return context.terminal.step("Deploy platform and state", async (tell) => {
    const details = { platform: () => "", state: () => "" };
    tell(() =>
      Object.entries(details)
        .flatMap(([stack, detail]) => (detail() ? [`${stack} ${detail()}`] : []))
        .join("; "),
    );
    const [state, platform] = await Promise.allSettled([
      deployState(context, keep(details, "state")),
      deployPlatform(context, keep(details, "platform")),
    ]);
    if (state.status === "rejected" || platform.status === "rejected") throw worst([platform, state]);
    const summary = `platform ${countsText(platform.value)}; state ${countsText(state.value)}`;
    return { value: sum(state.value) + sum(platform.value) > 0, summary };
  });
}

function deployState(context: RunContext, tell: Progress): Promise<ResourceCounts> {
  return deployUnlessDone(context, { stack: "state", log: "bootstrap" }, tell, () =>
    applyStack(context, "state", "bootstrap", tell),
  );
}

function deployPlatform(context: RunContext, tell: Progress): Promise<ResourceCounts> {
  return deployUnlessDone(context, { stack: "platform", log: "deploy" }, tell, () =>
    deployStack(context, "platform", tell),
  );
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
 * Deploys a stack unless a real plan against the real resources says that there is nothing to do, which is quicker to find
 * out. The plan is only asked where this very JSON has been deployed before; it, not the remembered hash, decides. Where
 * it cannot be made (Terraform wants to be initialised again, or the lock is held) the deploy cures that or says why.
 */
async function deployUnlessDone(
  context: RunContext,
  { stack, log }: { readonly stack: string; readonly log: string },
  tell: Progress,
  deploy: () => Promise<ResourceCounts>,
): Promise<ResourceCounts> {
  const folder = stackFolder(context.project, stack);
  const remembered = join(folder, "deployed.sha256");
  const hash = createHash("sha256")
    .update(readFileSync(join(folder, "cdk.tf.json")))
    .digest("hex");
  if (readIfThere(remembered) === hash) {
    tell("comparing");
    const isDone = await isDeployed(context, stack, log).catch(() => false);
    context.signal.throwIfAborted();
    if (isDone) return nothing;
  }
  rmSync(remembered, { force: true });
  tell("preparing Terraform");
  await initLocally(context, stack, log);
  const counts = await deploy();
  writeFileSync(remembered, hash);
  return counts;
}

/**
 * `terraform init` for the local cloud. Its providers come from whatever this machine has (a mirror, the registry, the
 * archive stand-in), so that the checksums of an earlier start may not fit: where it fails they are forgotten, once. That
 * is safe only here, where the folder and its lock file belong to the local cloud and never meet an AWS account.
 */
async function initLocally(context: RunContext, stack: string, log: string): Promise<void> {
  const checksums = join(stackFolder(context.project, stack), ".terraform.lock.hcl");
  try {
    await initStack(context, stack, log);
  } catch (thrown) {
    context.signal.throwIfAborted();
    if (!existsSync(checksums)) throw thrown;
    rmSync(checksums);
    await initStack(context, stack, log);
  }
}
