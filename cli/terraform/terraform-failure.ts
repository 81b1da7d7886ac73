import { logFile, shortPath } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { CliError } from "../terminal/cli-error.ts";
import { resourceName } from "./apply-progress.ts";
import type { HeldLock } from "./terraform-text.ts";
import { parseErrors, parseHeldLock } from "./terraform-text.ts";

/** What a failed run of Terraform on a stack means, with what cures it. */
export function terraformFailure(
  context: Pick<RunContext, "project" | "again" | "afresh" | "unlock">,
  stack: string,
  log: string,
  lines: readonly string[],
): CliError {
  const lock = parseHeldLock(lines);
  if (lock) return lockHeld(context, stack, lock, new Date());
  const where = `All that Terraform said: ${shortPath(context.project, logFile(context.project, log))}`;
  const [error, ...others] = parseErrors(lines);
  if (!error) {
    return new CliError(
      "TERRAFORM_FAILED",
      `Terraform ended before stack ${stack} was done, and did not say why.`,
      lastWords(lines),
      `${where}. Go on: ${context.again}`,
    );
  }
  const why = [
    error.resource ? `In ${resourceName(error.resource)}.` : "",
    ...error.detail.slice(0, 2),
    others.length > 0 ? `${others.length} more ${others.length === 1 ? "error" : "errors"}.` : "",
  ];
  const cure =
    isLeftover(error.summary) && context.afresh ? `Begin afresh: ${context.afresh}` : `Once cured: ${context.again}`;
  return new CliError(
    "DEPLOY_FAILED",
    `Stack ${stack} was not deployed: ${error.summary}`,
    why.join("\n"),
    `${where}. ${cure}`,
  );
}

/** What a run that was killed has made without writing it into its state. */
function isLeftover(summary: string): boolean {
  return /already exists|AlreadyExists|AlreadyOwnedByYou|ConflictException/.test(summary);
}

/** @param now when the run was refused */
export function lockHeld(context: Pick<RunContext, "unlock">, stack: string, lock: HeldLock, now: Date): CliError {
  const created = lock.created.getTime();
  const minutes = Math.max(0, Math.round((now.getTime() - created) / 60_000));
  const time = Number.isNaN(created) ? "" : ` since ${lock.created.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const age = Number.isNaN(created) ? "" : `, ${minutes} min ago`;
  return new CliError(
    "LOCK_HELD",
    `Stack ${stack} is locked by ${lock.who}${time} (${lock.operation}${age}).`,
    "Nothing was changed. Wait until that run is over.",
    `If it is gone, free the lock: ${context.unlock(stack, lock.id)}`,
  );
}

function lastWords(lines: readonly string[]): string {
  return lines
    .filter((line) => line.trim() !== "")
    .slice(-3)
    .join("\n");
}
