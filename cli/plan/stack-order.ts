import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { manifest } from "../manifest.ts";
import { type Project, shortPath, stackNames } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";

/**
 * The stacks that were synthesized, each behind those that it depends on; or those of them that are named.
 *
 * @throws CliError USAGE for a name that is no stack's, SYNTH_FAILED for a manifest with stacks that are none of ours
 */
export function stackOrder(project: Project, named: readonly string[], verb: string): string[] {
  const stacks = readStacks(project);
  const ordered: string[] = [];
  const add = (name: keyof typeof stacks): void => {
    if (ordered.includes(name)) return;
    for (const before of stacks[name]?.dependencies ?? []) add(before);
    ordered.push(name);
  };
  for (const name of [...stackNames].sort()) if (stacks[name]) add(name);
  const unknown = named.find((name) => !ordered.includes(name));
  if (unknown !== undefined) {
    const what = `There is no stack ${JSON.stringify(unknown)}.`;
    throw new CliError(
      "USAGE",
      what,
      `There are: ${ordered.join(", ")}. Nothing was done.`,
      `See: onair ${verb} --help`,
    );
  }
  return named.length === 0 ? ordered : ordered.filter((name) => named.includes(name));
}

function readStacks(project: Project) {
  const file = join(project.output, "manifest.json");
  const parsed = v.safeParse(manifest, JSON.parse(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.output.stacks;
  const [issue] = parsed.issues;
  const why = `${v.getDotPath(issue) ?? "its top"}: ${issue.message}. Stacks are: ${stackNames.join(", ")}.`;
  const what = `${shortPath(project, file)} does not list our stacks.`;
  throw new CliError("SYNTH_FAILED", what, why, "Synthesize them again: npm run synth");
}
