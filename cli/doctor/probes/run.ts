import { chatEndpoint } from "#aws/chat/endpoint.ts";
import { awsFailure } from "../../bootstrap/aws-failure.ts";
import { runUntilInterrupted } from "../../process/run-until-interrupted.ts";
import { shortPath } from "../../project.ts";
import { CliError } from "../../terminal/cli-error.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { type Begun, begin } from "./begin.ts";
import { costOf, costText, mostUsed, nothingUsed, type Used } from "./cost.ts";
import { keepReport } from "./keep.ts";
import { keptRuns, leftoverLines, runsFolder } from "./leftovers.ts";
import { findMade } from "./made.ts";
import { notProbed } from "./not-probed.ts";
import type { Lab, Probe } from "./probe.ts";
import { probes } from "./probes.ts";
import { askChanges, askPlans } from "./provider.ts";
import type { ProbeReport, Result } from "./report.ts";
import { runName, runTag } from "./run-name.ts";
import { openSession } from "./session.ts";
import { makeStack } from "./stack-run.ts";
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
      `channels, rooms and policies beside them; it takes some minutes, and removes them. It costs at most ${costText(costOf(mostUsed))}.`,
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

type Found = Pick<ProbeReport, "results" | "provider">;

async function ask(terminal: Terminal, begun: Begun, used: Used, signal: AbortSignal): Promise<Found> {
  const { run, target, environment, ivs, chat, cloudWatch } = begun;
  const { region } = target;
  const { allowedAccountIds, awsProviderVersion } = environment;
  const context = begun.context(signal);
  const settings = { run, region, allowedAccountIds, awsProviderVersion };
  const stack = await terminal.step("Make the stack", async (tell) => ({
    value: await makeStack(context, settings, tell),
  }));
  const lab: Lab = {
    ...{ ivs, chat, cloudWatch, name: run, stack, used },
    tags: { [runTag]: run, "onair:environment": run },
    as: (policy) => openSession({ region, roleArn: stack.roleArn, name: run }, policy),
    chatUrl: chatEndpoint({ ...process.env, AWS_REGION: region }),
  };
  const provider = [...(await terminal.step("Plan it again, and with changes", () => summed(askPlans(context))))];
  const results: Result[] = [];
  for (const probe of probes) {
    signal.throwIfAborted();
    results.push(await terminal.step(probe.fact, () => asked(probe, lab, signal)));
  }
  provider.push(...(await terminal.step("Change it", () => summed(askChanges(context, lab)))));
  return { results, provider };
}

const word = (agrees: boolean | undefined) => (agrees === undefined ? "not told" : agrees ? "as written" : "otherwise");

async function summed(asking: Promise<readonly Result[]>) {
  const value = await asking;
  return { value, summary: value.map(({ agrees }) => word(agrees)).join(", ") };
}

/** A probe that is refused tells nothing; the others are asked all the same. */
async function asked(probe: Probe, lab: Lab, signal: AbortSignal) {
  const { place, fact } = probe;
  const { agrees, seen } = await probe.run(lab).catch((thrown: unknown) => {
    signal.throwIfAborted();
    return { agrees: undefined, seen: `refused: ${thrown instanceof Error ? thrown.name : "for no reason"}` };
  });
  const value: Result = { place, fact, agrees, seen };
  return { value, summary: `${word(agrees)}: ${seen}` };
}

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
