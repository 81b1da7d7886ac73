import { join } from "node:path";
import { startChild } from "#cli/process/child.ts";
import { killTree } from "#cli/process/process-tree.ts";
import type { SmallStack } from "./small-stack.ts";

/** Starts `terraform apply`, and ends it and all below it by SIGKILL as soon as `moment` resolves. */
export async function killApply({ terraform }: SmallStack, moment: () => Promise<void>): Promise<void> {
  const apply = startChild({
    name: "terraform",
    command: "terraform",
    args: ["apply", "-auto-approve", "-input=false", "-no-color"],
    folder: terraform.folder,
    environment: terraform.environment,
    log: join(terraform.folder, "killed.log"),
  });
  const early = apply.ended.then(() => {
    throw new Error(`Terraform ended before it was killed:\n${apply.lastLines(20).join("\n")}`);
  });
  await Promise.race([moment(), early]);
  early.catch(() => undefined);
  killTree(apply.pid);
  await apply.ended;
}
