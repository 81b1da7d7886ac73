import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { Project } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";

const manifest = v.object({
  stacks: v.record(v.string(), v.object({ name: v.string(), dependencies: v.optional(v.array(v.string()), []) })),
});

/**
 * The stacks that were synthesized, each behind those that it depends on; or those of them that are named.
 *
 * @throws CliError USAGE for a name that is no stack's
 */
export function stackOrder(project: Project, named: readonly string[], verb: string): string[] {
  const { stacks } = v.parse(manifest, JSON.parse(readFileSync(join(project.output, "manifest.json"), "utf8")));
  const ordered: string[] = [];
  const add = (name: string): void => {
    if (ordered.includes(name)) return;
    for (const before of stacks[name]?.dependencies ?? []) add(before);
    ordered.push(name);
  };
  for (const name of Object.keys(stacks).sort()) add(name);
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
