import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Child } from "../process/child.ts";
import { startChild } from "../process/child.ts";
import type { Project } from "../project.ts";
import { logFile, shortPath } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Progress } from "../terminal/terminal.ts";
import { cloudFailure } from "./cloud-failure.ts";
import type { CloudReady } from "./ready-file.ts";
import { readCloudEnvironment, readCloudReady } from "./ready-file.ts";

/** The local cloud, running as a child of ours. */
export interface LocalCloud {
  readonly ready: CloudReady;
  /** For children that speak to it; they get no other credentials. */
  readonly environment: Readonly<Record<string, string>>;
  /** Aborted, with PART_DIED as its reason, if it ends by itself. */
  readonly died: AbortSignal;
  /** Lets it save and end. */
  stop(): Promise<void>;
}

export interface CloudOptions {
  readonly project: Project;
  readonly environment: Readonly<Record<string, string>>;
  readonly region: string;
  /** The cloud is the first of these, or Terraform would refuse it. Empty means any. */
  readonly allowedAccountIds: readonly string[];
  /** Which releases of the AWS provider the stacks may take. */
  readonly awsProviderVersion: string;
  /** A port that the user asks for; undefined leaves the choice to the cloud. */
  readonly port: string | undefined;
  readonly signal: AbortSignal;
  readonly tell: Progress;
}

/** The first start installs about 90 MB of Python packages. */
const readyTimeoutMilliseconds = 600_000;
/** For its last save; more than it needs. */
const stopGraceMilliseconds = 20_000;
const pollMilliseconds = 50;

/**
 * Starts the local cloud and waits until it is ready.
 *
 * @throws CliError PORT_BUSY, PART_DIED, NOT_ANSWERING, or the signal's reason
 */
export async function startCloud(options: CloudOptions): Promise<LocalCloud> {
  const { project, environment, region, allowedAccountIds, awsProviderVersion, port, signal, tell } = options;
  const readyFile = join(project.folder, "cloud.json");
  rmSync(readyFile, { force: true });
  const child = startChild({
    name: "the local cloud",
    command: process.execPath,
    args: [
      ...["--import", "tsx", join("local", "main.ts")],
      ...["--folder", project.folder, "--ready-file", readyFile, "--region", region],
      ...["--require-terraform", "--aws-provider", awsProviderVersion],
      // The API has no way for Terraform's provider to allow it, and OBS refuses the laptop's own certificate.
      ...["--insecure-ingest", "everywhere"],
      ...allowedAccountIds.slice(0, 1).flatMap((account) => ["--account", account]),
      ...(port === undefined ? [] : ["--port", port]),
    ],
    folder: project.root,
    environment,
    log: logFile(project, "cloud"),
    // Its stdin closes when we end, whatever ends us: then it stops too.
    stdin: "held",
    onLine: (line, stream) => {
      if (stream === "stderr") tell(line.trim());
    },
  });
  try {
    const ready = await waitUntilReady(child, project, readyFile, signal);
    const ownEnvironment = readCloudEnvironment(join(project.folder, "cloud.env"));
    return {
      ready,
      environment: { ...environment, ...ownEnvironment },
      died: diedSignal(child, project),
      stop: async () => {
        await child.stop("SIGINT", stopGraceMilliseconds);
      },
    };
  } catch (thrown) {
    await child.stop("SIGINT", stopGraceMilliseconds);
    throw thrown;
  }
}

/** Has the cloud write all that it holds to disk now, rather than in some seconds. */
export async function saveCloud({ ready }: LocalCloud, signal: AbortSignal): Promise<void> {
  const response = await fetch(new URL("/_onair/save", ready.endpoint), { method: "POST", signal });
  const text = await response.text();
  if (response.ok) return;
  throw new CliError(
    "NOT_ANSWERING",
    `The local cloud could not save what was deployed (HTTP ${response.status}).`,
    text.slice(0, 200),
    "Look at .onair/logs/cloud.log, then: npm start",
  );
}

async function waitUntilReady(child: Child, project: Project, file: string, signal: AbortSignal): Promise<CloudReady> {
  const deadline = performance.now() + readyTimeoutMilliseconds;
  for (;;) {
    signal.throwIfAborted();
    if (!child.running) throw partDied(child, project);
    const ready = readCloudReady(file);
    if (ready?.pid === child.pid) return ready;
    if (performance.now() > deadline) {
      throw new CliError(
        "NOT_ANSWERING",
        `The local cloud is not ready after ${readyTimeoutMilliseconds / 60_000} minutes.`,
        child.lastLines(3).join("\n"),
        `All that it said: ${shortPath(project, child.log)}`,
      );
    }
    await Promise.race([child.ended, sleep(pollMilliseconds)]);
  }
}

function diedSignal(child: Child, project: Project): AbortSignal {
  const controller = new AbortController();
  child.ended.then(() => controller.abort(partDied(child, project)));
  return controller.signal;
}

function partDied(child: Child, project: Project): CliError {
  return cloudFailure(child.lastLines(12), shortPath(project, child.log));
}
