import { chooseEnvironment } from "../environment.ts";
import { probeTerraform } from "../prerequisites/probe.ts";
import { requireTerraform } from "../prerequisites/requirements.ts";
import { runUntilInterrupted } from "../process/run-until-interrupted.ts";
import { openProject, shortPath, stackFolder } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { synthesize } from "../synth.ts";
import { parseOptions } from "../terminal/options.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { countsText, sum } from "../terraform/terraform-text.ts";
import { readBackendBlock } from "./backend-block.ts";
import { applyState, makeStateHome } from "./bootstrap.ts";
import { refusePlaceholder } from "./placeholder.ts";

const usage = `npm run bootstrap [-- --folder .onair]

Makes the bucket and the table that hold Terraform's state and its locks, then deploys the stack that
describes them. Safe to end at any time and to run again. The target is the AWS account of your
environment, or the local cloud where AWS_ENDPOINT_URL names one. ONAIR_ENV chooses the environment.

  --folder   where logs go, .onair unless said

Exit codes: 0 done, 1 failed, 2 usage, 4 unreachable, 5 locked, 6 Terraform missing, 130 interrupted.`;

/** `npm run bootstrap`; returns the exit code. */
export async function bootstrapCommand(terminal: Terminal, args: readonly string[]): Promise<number> {
  return runUntilInterrupted(terminal, "npm run bootstrap", async (signal) => {
    const options = parseOptions(args, { folder: ".onair" }, usage);
    if (options === "help") return terminal.answer(usage);
    // The bucket's own tooling warns about Node 20 in seven lines; the versions are pinned, so there is nothing to do.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
    const project = openProject(options.folder, process.env.CDKTF_OUTDIR ?? "cdktf.out");
    const context: RunContext = {
      project,
      terminal,
      environment: process.env,
      signal,
      again: "npm run bootstrap",
      unlock: (stack, lockId) =>
        `terraform -chdir=${shortPath(project, stackFolder(project, stack))} force-unlock ${lockId}`,
    };
    const chosen = chooseEnvironment(project.root, context.again);
    requireTerraform({ platform: process.platform, terraform: await probeTerraform(process.env) });
    await terminal.step("Synthesize the stacks", async () => ({ value: await synthesize(context) }));
    const backend = readBackendBlock(project, "state");
    if (!process.env.AWS_ENDPOINT_URL) {
      refusePlaceholder(project.root, chosen.name, backend.bucket);
    }
    await makeStateHome(context, backend, chosen);
    const counts = await terminal.step("Stack state", async (tell) => {
      const applied = await applyState(context, tell);
      return { value: applied, summary: countsText(applied) };
    });
    const target = process.env.AWS_ENDPOINT_URL ?? `AWS, ${backend.region}`;
    const state = `s3://${backend.bucket} with locks in ${backend.table} (${target})`;
    terminal.note("Next: npx cdktf deploy platform");
    terminal.answer(sum(counts) === 0 ? `Nothing to do: ${state} is as described.` : `State is kept in ${state}.`);
  });
}
