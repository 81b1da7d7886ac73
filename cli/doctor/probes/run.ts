import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { IvsClient } from "@aws-sdk/client-ivs";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import { refuseOtherCaller } from "../../bootstrap/allowed-account.ts";
import { awsFailure } from "../../bootstrap/aws-failure.ts";
import { chooseEnvironment } from "../../environment.ts";
import { chooseTarget, targetLine } from "../../onair/target.ts";
import { runUntilInterrupted } from "../../process/run-until-interrupted.ts";
import { openProject, projectRoot, shortPath } from "../../project.ts";
import { CliError } from "../../terminal/cli-error.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { DoctorOptions } from "../verb.ts";
import { notProbed } from "./not-probed.ts";
import { onChatAndMetrics } from "./on-chat-and-metrics.ts";
import { onIvs } from "./on-ivs.ts";
import type { Lab, Probe } from "./probe.ts";
import { type ProbeReport, type Result, reportPage } from "./report.ts";
import { probeTag, sweepProbes } from "./sweep.ts";

export const probes: readonly Probe[] = [...onIvs, ...onChatAndMetrics];

/** Channels without a stream, rooms without a message, keys of IVS and policies cost nothing while they stand. */
const USD = 0;

const again = "onair doctor --aws --i-pay";

/**
 * `onair doctor --aws --i-pay`: asks an account about facts that nobody has checked, removes what it made, and keeps a
 * report. A run that is ended removes it too; one that is killed leaves it to the next, which finds it by its tag.
 */
export async function runProbes(terminal: Terminal, { folder }: DoctorOptions): Promise<number> {
  const project = openProject(folder, "cdktf.out");
  const target = await chooseTarget(project, true, again);
  terminal.note(targetLine(target));
  const { region } = target;
  // What is made there may be looked at by its owners.
  await refuseOtherCaller(chooseEnvironment(projectRoot, again), again);
  const clients = { ivs: new IvsClient({ region }), chat: new IvschatClient({ region }) };
  const cloudWatch = new CloudWatchClient({ region });
  const name = `onair-doctor-${randomBytes(4).toString("hex")}`;
  const lab: Lab = { ...clients, cloudWatch, name, tags: { [probeTag]: name } };
  return runUntilInterrupted(terminal, again, async (signal) => {
    const results: Result[] = [];
    let removed = 0;
    try {
      removed += await terminal.step("Remove what an ended run left", async () => ({ value: await sweepProbes(lab) }));
      for (const probe of probes) {
        signal.throwIfAborted();
        results.push(await terminal.step(probe.fact, () => asked(probe, lab, signal)));
      }
    } catch (thrown) {
      throw awsFailure(thrown, again);
    } finally {
      removed += await terminal.step("Remove what was made", async () => ({ value: await sweepProbes(lab) }));
      for (const client of [...Object.values(clients), cloudWatch]) client.destroy();
    }
    const endpoint = target.kind === "aws" ? (target.endpoint ?? null) : null;
    const date = new Date().toISOString();
    const kept = keep(join(project.folder, "doctor"), {
      date,
      region,
      endpoint,
      usd: USD,
      removed,
      results,
      notProbed,
    });
    terminal.answer(`Cost: ${USD.toFixed(2)} USD. Report: ${shortPath(project, kept)}`);
    refuseOtherwise(results);
  });
}

/** A probe that is refused tells nothing; the others are asked all the same. */
async function asked(probe: Probe, lab: Lab, signal: AbortSignal) {
  const { place, fact } = probe;
  const { agrees, seen } = await probe.run(lab).catch((thrown: unknown) => {
    signal.throwIfAborted();
    return { agrees: undefined, seen: `refused: ${thrown instanceof Error ? thrown.name : "for no reason"}` };
  });
  const word = agrees === undefined ? "not told" : agrees ? "as written" : "otherwise";
  const value: Result = { place, fact, agrees, seen };
  return { value, summary: `${word}: ${seen}` };
}

/** Both forms, by the minute. */
function keep(folder: string, report: ProbeReport): string {
  mkdirSync(folder, { recursive: true });
  const page = join(folder, `${report.date.slice(0, 16).replace(":", "")}.md`);
  writeFileSync(page, reportPage(report));
  writeFileSync(page.replace(/md$/, "json"), `${JSON.stringify(report, undefined, 2)}\n`);
  return page;
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
