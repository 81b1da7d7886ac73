import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackFolder } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { aboutOf, type PlacedPlan, readAbout } from "./about.ts";
import { readCommit } from "./commit.ts";

/**
 * Keeps each stack's plan in a folder of its name: `plan.json`, which holds secrets in plain text and which only this user
 * may read; `about.json`, which holds none; and the stack's JSON, by which a review knows construct paths. Returns the
 * plans' files. What Terraform applies is not kept: it is applied by whoever made it, or not at all.
 *
 * @param isAll whether these are all stacks: then what is kept of others is of no use
 */
export async function keepPlans(
  context: RunContext,
  planned: readonly PlacedPlan[],
  { folder, isAll }: { readonly folder: string; readonly isAll: boolean },
): Promise<string[]> {
  const commit = await readCommit(context.project.root);
  const now = new Date();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept = new Set(planned.map(({ plan }) => plan.stack));
  for (const stack of isAll ? keptStacks(folder) : []) {
    if (!kept.has(stack)) rmSync(join(folder, stack), { recursive: true });
  }
  return planned.map((one) => {
    const { stack } = one.plan;
    const own = join(folder, stack);
    rmSync(own, { recursive: true, force: true });
    mkdirSync(own, { mode: 0o700 });
    const file = join(own, "plan.json");
    writeFileSync(file, readFileSync(one.json), { mode: 0o600 });
    writeFileSync(join(own, "about.json"), `${JSON.stringify(aboutOf(one, commit, now), undefined, 2)}\n`);
    copyFileSync(join(stackFolder(context.project, stack), "cdk.tf.json"), join(own, "cdk.tf.json"));
    return file;
  });
}

/** Folders that this has written: nothing else is ever removed. */
function keptStacks(folder: string): string[] {
  return readdirSync(folder).filter((name) => {
    const file = join(folder, name, "about.json");
    return existsSync(file) && readAbout(JSON.parse(readFileSync(file, "utf8"))) !== undefined;
  });
}
