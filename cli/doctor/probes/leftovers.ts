import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../../project.ts";
import type { Made } from "./made.ts";
import { begunAt } from "./run-name.ts";

/** A younger run may be going on. */
const DAY = 86_400_000;

/** Where the stacks of runs are, with their states, and the reports. */
export const runsFolder = ({ folder }: Pick<Project, "folder">): string => join(folder, "doctor");

/** The runs whose stack's state is in a folder. */
export const keptRuns = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => begunAt(name) !== undefined) : [];

/** The command that removes what a run left. */
export const sweepCommand = (run: string): string => `onair doctor --aws --sweep ${run}`;

/**
 * What runs of more than a day ago left, in lines with the command that removes it.
 *
 * @param kept runs whose state is on this machine
 * @param now milliseconds
 */
export function leftoverLines(
  made: readonly Pick<Made, "kind" | "run">[],
  kept: readonly string[],
  now: number,
): string[] {
  const runs = [...new Set([...made.map(({ run }) => run), ...kept])].sort();
  return runs.flatMap((run) => {
    const begun = begunAt(run);
    if (begun === undefined || now - begun < DAY) return [];
    const kinds = made.filter((one) => one.run === run).map(({ kind }) => kind);
    const counts = [...new Set(kinds)].map((kind) => {
      const { length } = kinds.filter((one) => one === kind);
      return `${length} ${kind}${length === 1 ? "" : "s"}`;
    });
    const left = [...counts, ...(kept.includes(run) ? ["the state of a stack"] : [])].join(", ");
    return [`${run} left ${left}. If it is over, remove it: ${sweepCommand(run)}`];
  });
}
