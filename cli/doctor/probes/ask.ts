import { chatEndpoint } from "#aws/chat/endpoint.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { askLive } from "./ask-live.ts";
import type { Begun } from "./begin.ts";
import type { Used } from "./cost.ts";
import type { Lab, Probe } from "./probe.ts";
import { probes } from "./probes.ts";
import { askChanges, askPlans } from "./provider.ts";
import type { ProbeReport, Result } from "./report.ts";
import { runTag } from "./run-name.ts";
import { openSession } from "./session.ts";
import { makeStack } from "./stack-run.ts";

/** All that a run found. */
export type Found = Pick<ProbeReport, "results" | "provider">;

/**
 * Makes the run's stack and asks everything of it, in the order in which things depend on each other. What it makes is left
 * to the caller to remove.
 *
 * @param used what costs is added to it
 * @throws CliError where the stack cannot be made, or the signal's reason
 */
export async function ask(terminal: Terminal, begun: Begun, used: Used, signal: AbortSignal): Promise<Found> {
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
  const askOne = (probe: Probe) => {
    signal.throwIfAborted();
    return terminal.step(probe.fact, () => asked(probe, lab, signal));
  };
  for (const probe of probes) results.push(await askOne(probe));
  results.push(...(await askLive(context, target, lab, askOne)));
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
