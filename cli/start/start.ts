import { readBackendBlock } from "../bootstrap/backend-block.ts";
import { makeStateHome } from "../bootstrap/bootstrap.ts";
import type { ChosenEnvironment } from "../environment.ts";
import { probeMachine } from "../prerequisites/probe.ts";
import { requireMachine } from "../prerequisites/requirements.ts";
import { childEnvironment, replaceOwnEnvironment } from "../process/child-environment.ts";
import type { Project } from "../project.ts";
import { shortPath } from "../project.ts";
import type { RunContext } from "../run-context.ts";
import { synthesize } from "../synth.ts";
import { CliError } from "../terminal/cli-error.ts";
import { duration } from "../terminal/duration.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readOutputs } from "../terraform/run-terraform.ts";
import { accountsOf } from "./accounts.ts";
import { channelsOf } from "./channels.ts";
import type { LocalCloud } from "./cloud.ts";
import { saveCloud, startCloud } from "./cloud.ts";
import { deployStacks } from "./deploy-stacks.ts";
import { goOnAir } from "./on-air.ts";
import { openPage } from "./open-page.ts";
import { presentRunning } from "./present-running.ts";
import { answers, healthUrl } from "./probe.ts";
import { addressesOf, readyBlock } from "./ready-block.ts";
import type { RunFile } from "./run-file.ts";
import { removeRunFile, writeRunFile } from "./run-file.ts";
import { runningCloud } from "./running.ts";
import { takeFolder } from "./start-lock.ts";
import { unlock } from "./unlock.ts";

export interface StartOptions {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly project: Project;
  readonly chosen: ChosenEnvironment;
  readonly port: string | undefined;
  readonly unlockId: string | undefined;
  /** Whether the page is shown in the user's browser. */
  readonly opensPage: boolean;
}

/**
 * Starts the local cloud, deploys to it, and stays until the signal is aborted.
 *
 * @throws CliError
 */
export async function start(options: StartOptions): Promise<void> {
  const { terminal, project } = options;
  // From here on this process, too, has none of the user's AWS credentials.
  replaceOwnEnvironment(childEnvironment(process.env));
  const folder = takeFolder(project);
  if (!folder) return presentRunning(terminal, project);
  try {
    await refuseOtherCloud(project);
    removeRunFile(project);
    requireMachine(await probeMachine(process.env));
    await runCloud(options);
  } finally {
    folder.release();
  }
}

/** `npm run local` in the same folder has all that is in it, and would not see what we change. */
async function refuseOtherCloud(project: Project): Promise<void> {
  const pid = await runningCloud(project);
  if (pid === undefined) return;
  throw new CliError(
    "ALREADY_RUNNING",
    `The local cloud in ${shortPath(project, project.folder)} runs already, by itself (process ${pid}).`,
    "Nothing was started.",
    `End it with Ctrl-C, or: kill -INT ${pid}; then: npm start`,
  );
}

async function runCloud(options: StartOptions): Promise<void> {
  const { terminal, project, chosen, port, signal } = options;
  const environment = childEnvironment(process.env);
  const cloud = await terminal.step("Start the local cloud", async (tell) => {
    const started = await startCloud({ project, environment, ...chosen, port, signal, tell });
    return { value: started, summary: whereItIs(started.ready.endpoint, port) };
  });
  try {
    await deployAndStay(options, cloud);
  } finally {
    removeRunFile(project);
    await cloud.stop();
  }
  terminal.note("Stopped.");
}

const usualPort = "4566";

/** The cloud's address; where it is not the usual one and nobody asked for another, also why. */
function whereItIs(endpoint: string, wanted: string | undefined): string {
  if (wanted !== undefined || new URL(endpoint).port === usualPort) return endpoint;
  return `${endpoint}, since port ${usualPort} belongs to another local cloud on this machine`;
}

async function deployAndStay(options: StartOptions, cloud: LocalCloud): Promise<void> {
  const { terminal, project, chosen, unlockId } = options;
  const signal = AbortSignal.any([options.signal, cloud.died]);
  replaceOwnEnvironment({ ...cloud.environment, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" });
  const context: RunContext = {
    project,
    terminal,
    environment: cloud.environment,
    signal,
    again: "npm start",
    afresh: "npm run clean && npm start",
    unlock: (_stack, lockId) => `npm start -- --unlock ${lockId}`,
  };
  await terminal.step("Synthesize the stacks", async () => ({ value: await synthesize(context) }));
  await makeStateHome(context, readBackendBlock(project, "state"), chosen);
  if (unlockId !== undefined) await unlock(context, unlockId);
  if (await deployStacks(context)) await saveCloud(cloud, signal);
  const outputs = await readOutputs(context, "platform", "deploy");
  const channels = channelsOf(outputs, chosen.channelNames);
  const accounts = accountsOf(outputs, cloud.ready.endpoint);
  const onAir = await goOnAir({ context, cloud: cloud.ready, channels, accounts, port: pagePort(cloud, options.port) });
  try {
    const run: RunFile = { ...cloud.ready, pid: process.pid, webUrl: onAir.webUrl, ...accounts, channels };
    await requireAnswers(context, run);
    writeRunFile(project, run);
    const when = `ready after ${duration(performance.now())}`;
    for (const line of readyBlock({ run, folder: shortPath(project, project.folder), when })) terminal.answer(line);
    if (options.opensPage) openPage(onAir.webUrl);
    await stay(signal);
  } finally {
    removeRunFile(project);
    await onAir.stop();
  }
}

/** The page has the port after the edge's; any free one where the user wants any. */
function pagePort({ ready }: LocalCloud, wanted: string | undefined): number {
  return wanted === "0" ? 0 : Number(new URL(ready.endpoint).port) + 1;
}

/** Tries each address that is about to be printed. */
async function requireAnswers({ project }: RunContext, run: RunFile): Promise<void> {
  for (const address of [healthUrl(run.endpoint), ...addressesOf(run).values()]) {
    if (await answers(address)) continue;
    throw new CliError(
      "NOT_ANSWERING",
      `The platform is deployed, but ${address} does not answer.`,
      "Everything is stopped.",
      `Look at ${shortPath(project, project.folder)}/logs, then: npm start`,
    );
  }
}

/**
 * Waits for Ctrl-C. Once ready, that is the way to end this command and not a failure, so that it ends with 0; what ends
 * it otherwise is thrown.
 */
async function stay(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  if (!(signal.reason instanceof CliError && signal.reason.code === "INTERRUPTED")) throw signal.reason;
}
