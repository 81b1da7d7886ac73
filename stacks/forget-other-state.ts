import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { RemoteState } from "#constructs/core/aws-stack.ts";

/**
 * Terraform remembers in a stack's folder where the state was when the folder was initialized. After a change of
 * environment, `init` would offer to copy that state over the other environment's; the memory is a cache, so it goes.
 *
 * @param folder a stack's folder in the synthesized output
 */
export function forgetOtherState(folder: string, remoteState: RemoteState | undefined): void {
  const remembered = rememberedState(folder);
  if (!remembered || !remoteState) return;
  const isSame = remembered.bucket === remoteState.bucket && remembered.key === remoteState.key;
  if (!isSame) rmSync(join(folder, ".terraform", "terraform.tfstate"));
}

function rememberedState(folder: string): { bucket?: string; key?: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, ".terraform", "terraform.tfstate"), "utf8"))?.backend?.config;
  } catch {
    return undefined;
  }
}
