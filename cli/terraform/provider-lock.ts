import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { stackFolder } from "../project.ts";
import type { RunContext } from "../run-context.ts";

/** Where the project keeps which release of each provider a stack takes, with its checksums, as Terraform writes them. */
export const keptLock = (root: string, stack: string): string => join(root, "locks", `${stack}.lock.hcl`);

/**
 * Puts the stack's kept lock file where Terraform looks for it; returns the flags with which `terraform init` takes it as it
 * is and refuses what does not fit. No flags where none is kept, and none for the local cloud: what its mirror and its
 * stand-in hold has other checksums than what is published.
 */
export function placeProviderLock(
  { project, environment }: Pick<RunContext, "project" | "environment">,
  stack: string,
): readonly string[] {
  const kept = keptLock(project.root, stack);
  if (environment.AWS_ENDPOINT_URL || !existsSync(kept)) return [];
  copyFileSync(kept, join(stackFolder(project, stack), ".terraform.lock.hcl"));
  return ["-lockfile=readonly"];
}
