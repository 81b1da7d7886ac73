import { awsFailure } from "../../bootstrap/aws-failure.ts";
import { runUntilInterrupted } from "../../process/run-until-interrupted.ts";
import { shortPath } from "../../project.ts";
import { CliError } from "../../terminal/cli-error.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { ask, type Found } from "./ask.ts";
import { type Begun, begin } from "./begin.ts";
import { costOf, costText, mostUsed, nothingUsed } from "./cost.ts";
import { keepReport } from "./keep.ts";
import { keptRuns, leftoverLines, runsFolder } from "./leftovers.ts";
import { findMade } from "./made.ts";
import { notProbed } from "./not-probed.ts";
import type { ProbeReport, Result } from "./report.ts";
import { runName } from "./run-name.ts";
import { removeRun } from "./sweep.ts";

const again = "onair doctor --aws --i-pay";

/**
 * `onair doctor --aws --i-pay`: makes a small stack on an account, asks it about facts that nobody has checked, removes
 * what it made, and keeps a report. A run that is ended by Ctrl-C or by a failure removes it, too; what a killed one
 * leaves is removed by `--sweep` with its name. Runs touch nothing of each other.
 */
export async function runProbes(terminal: Terminal, folder: string): Promise<number> {
  const now = new Date();
  const begun = await begin(terminal, folder, runName(now), again);
  terminal.note(
    `${begun.run} makes a private channel that is recorded, with its bucket, a room with a review function, a role, and some ` +
      "channels, rooms and configurations beside them. It sends a short stream and some messages, takes a few minutes, and " +
      `removes all of it. It costs at most ${costText(costOf(mostUsed))}.`,
  );
  try {
    return await runUntilInterrupted(terminal, again, async (signal) => {
      const used = nothingUsed();
      let found: Found | undefined;
      let removed: number | null = null;
      try {
        for (const line of await leftovers(begun, now)) terminal.note(line);
        found = await ask(terminal, begun, used, signal);
      } catch (thrown) {
        throw awsFailure(thrown, again);
      } finally {
        try {
          removed = await removeRun(terminal, begun);
        } finally {
          if (found !== undefined)
            tell(terminal, begun, { ...found, date: now.toISOString(), removed, cost: costOf(used) });
        }
      }
      refuseOtherwise([...found.results, ...found.provider]);
    });
  } finally {
    begun.end();
  }
}

const leftovers = async (begun: Begun, now: Date): Promise<readonly string[]> =>
  leftoverLines(await findMade(begun), keptRuns(runsFolder(begun.project)), now.getTime());

function tell(
  terminal: Terminal,
  { run, project, target }: Begun,
  found: Found & Pick<ProbeReport, "date" | "removed" | "cost">,
): void {
  const { region, endpoint = null } = target;
  const kept = keepReport(runsFolder(project), { run, region, endpoint, notProbed, ...found });
  terminal.answer(`Cost: ${costText(found.cost)}. Report: ${shortPath(project, kept)}`);
}

function refuseOtherwise(results: readonly Result[]): void {
  const wrong = results.filter(({ agrees }) => agrees === false);
  const [first] = wrong;
  if (first === undefined) return;
  const why = wrong.map(({ fact, seen }) => `${fact}: ${seen}`).join("\n");
  throw new CliError(
    "UNHEALTHY",
    "The service is otherwise than the code takes it to be.",
    why,
    `Change ${first.place}.`,
  );
}
