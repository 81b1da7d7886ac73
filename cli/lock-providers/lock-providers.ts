import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { stackOrder } from "../plan/stack-order.ts";
import { withTemporaryFolder } from "../plan/temporary-folder.ts";
import { runUntilInterrupted } from "../process/run-until-interrupted.ts";
import { openProject, shortPath, stackFolder } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { synthesize } from "../synth.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { keptLock } from "../terraform/provider-lock.ts";
import { runTerraform } from "../terraform/run-terraform.ts";
import { terraformFailure } from "../terraform/terraform-failure.ts";

/** What people and workflows have. */
const platforms = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"] as const;

const again = "npm run lock-providers";

/**
 * `npm run lock-providers`: asks the Terraform registry for the newest releases that the stacks take, and writes them with
 * their checksums for each platform into `locks/`, to be reviewed and committed. Returns the exit code.
 */
export function lockProviders(terminal: Terminal): Promise<number> {
  return runUntilInterrupted(terminal, again, (signal) =>
    withTemporaryFolder(async (output) => {
      const project = openProject(".onair", output);
      const unlock = (_stack: string, id: string) => `onair lock release ${id}`;
      const context: RunContext = { project, terminal, environment: process.env, signal, again, unlock };
      await terminal.step("Synthesize the stacks", async () => ({ value: await synthesize(context) }));
      for (const stack of stackOrder(project, [], "plan")) {
        const file = await terminal.step(`Lock the providers of ${stack}`, async () => ({
          value: await lockStack(context, stack),
        }));
        terminal.answer(shortPath(project, file));
      }
    }),
  );
}

async function lockStack(context: RunContext, stack: string): Promise<string> {
  const log = "lock-providers";
  const args = ["providers", "lock", ...platforms.map((platform) => `-platform=${platform}`)];
  const { finished, lines } = await runTerraform(context, stack, log, args);
  if (finished.code !== 0) throw terraformFailure(context, stack, log, lines);
  const kept = keptLock(context.project.root, stack);
  mkdirSync(dirname(kept), { recursive: true });
  copyFileSync(join(stackFolder(context.project, stack), ".terraform.lock.hcl"), kept);
  return kept;
}
