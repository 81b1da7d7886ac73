import { join } from "node:path";
import { runProgram } from "../process/run-program.ts";
import { logFile, shortPath } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Progress } from "../terminal/terminal.ts";
import type { ApplyProgress } from "../terraform/apply-progress.ts";
import { nextProgress, noProgress, progressText } from "../terraform/apply-progress.ts";
import { terraformFailure } from "../terraform/terraform-failure.ts";
import type { ResourceCounts } from "../terraform/terraform-text.ts";
import { sum, terraformLine } from "../terraform/terraform-text.ts";
import { stopCdktf } from "./stop-cdktf.ts";

/** cdktf and the Terraform below it say no more than text: no spinner, no colours, no calls home, no shared plugin cache. */
const quiet = {
  CI: "1",
  FORCE_COLOR: "0",
  TF_CLI_ARGS: "-no-color",
  TF_IN_AUTOMATION: "1",
  CHECKPOINT_DISABLE: "1",
  CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
} as const;

/**
 * `cdktf deploy` of one synthesized stack by the real cdktf-cli; all that it prints goes to `.onair/logs/deploy.log`.
 * Returns what was done by Terraform's own word: cdktf's exit code is 0 even where its Terraform was killed.
 *
 * @throws CliError LOCK_HELD, DEPLOY_FAILED, TERRAFORM_FAILED, INTERRUPTED
 */
export async function deployStack(context: RunContext, stack: string, tell: Progress): Promise<ResourceCounts> {
  const { project, environment, signal } = context;
  const log = "deploy";
  const lines: string[] = [];
  let progress: ApplyProgress = noProgress;
  tell(() => progressText(progress, performance.now()));
  const program = {
    name: "cdktf",
    command: join(project.root, "node_modules", ".bin", "cdktf"),
    args: ["deploy", stack, "--auto-approve", "--skip-synth", "--skip-provider-lock", "--output", project.output],
    folder: project.root,
    environment: { ...environment, ...quiet },
    log: logFile(project, log),
    onLine: (raw: string) => {
      const line = terraformLine(raw, stack);
      lines.push(line);
      progress = nextProgress(progress, line, performance.now());
    },
  };
  let orderly = false;
  try {
    const finished = await runProgram(program, signal, async (child, grace) => {
      orderly = await stopCdktf(child, grace);
    });
    if (finished.code === 0 && progress.applied) return progress.applied;
  } catch (thrown) {
    throw thrown instanceof CliError && thrown.code === "INTERRUPTED"
      ? interrupted(context, stack, progress, orderly)
      : thrown;
  }
  throw terraformFailure(context, stack, log, lines);
}

function interrupted(context: RunContext, stack: string, progress: ApplyProgress, orderly: boolean): CliError {
  const { planned, done, running } = progress;
  const halfMade = [...running.keys()];
  const more = halfMade.length > 3 ? ` and ${halfMade.length - 3} more` : "";
  return new CliError(
    "INTERRUPTED",
    `Stopped by you: stack ${stack} ${planned ? `has ${done} of ${sum(planned)} changes` : "was not changed"}.`,
    [
      halfMade.length > 0 ? `Half-made, and made again next time: ${halfMade.slice(0, 3).join(", ")}${more}.` : "",
      orderly
        ? "Terraform ended in order and let its locks go."
        : "Terraform did not end in time and was killed; its lock may be left.",
    ].join("\n"),
    `Go on: ${context.again} (all that was said: ${shortPath(context.project, logFile(context.project, "deploy"))})`,
  );
}
