import { join } from "node:path";
import { chooseEnvironment } from "../environment.ts";
import { childEnvironment, replaceOwnEnvironment } from "../process/child-environment.ts";
import type { Project } from "../project.ts";
import { shortPath } from "../project.ts";
import type { CloudReady } from "../start/ready-file.ts";
import { readCloudEnvironment, readCloudReady } from "../start/ready-file.ts";
import { runningCloud } from "../start/running.ts";
import { CliError } from "../terminal/cli-error.ts";

/** The local cloud of a folder, which has just answered. */
export interface LocalTarget {
  readonly kind: "local";
  readonly ready: CloudReady;
  /** In PEM: how its RTMPS server is known. */
  readonly certificate: string;
  readonly region: string;
}

/** AWS, or what AWS_ENDPOINT_URL names in its place, with the credentials of the user's environment. */
export interface AwsTarget {
  readonly kind: "aws";
  readonly region: string;
  /** @default AWS itself */
  readonly endpoint: string | undefined;
}

export type Target = LocalTarget | AwsTarget;

/**
 * What a command speaks to: this folder's local cloud where one runs, and AWS only where the user says so, since a shell
 * that happens to have credentials must not be enough. From here on this process has either the local cloud's credentials
 * and no others, or the user's.
 *
 * @param aws whether the user says AWS
 * @throws CliError NOT_RUNNING, or SETTINGS_INVALID where the region is to come from there
 */
export async function chooseTarget(project: Project, aws: boolean, again: string): Promise<Target> {
  // The bucket's own tooling warns about Node 20 in seven lines; the versions are pinned, so there is nothing to do.
  const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  if (aws) {
    Object.assign(process.env, quiet);
    const region = process.env.AWS_REGION || chooseEnvironment(project.root, again).region;
    return { kind: "aws", region, endpoint: process.env.AWS_ENDPOINT_URL || undefined };
  }
  const ready = await findLocalCloud(project);
  if (ready === undefined) {
    throw new CliError(
      "NOT_RUNNING",
      `No local cloud runs in ${shortPath(project, project.folder)}.`,
      "AWS is asked only where --aws says so.",
      `Start it: npm start (or for AWS: ${again} --aws)`,
    );
  }
  const cloudEnvironment = readCloudEnvironment(join(project.folder, "cloud.env"));
  replaceOwnEnvironment({ ...childEnvironment(process.env), ...cloudEnvironment, ...quiet });
  return localTarget(project, ready);
}

/** A local cloud that is known to run. */
export function localTarget(project: Project, ready: CloudReady): LocalTarget {
  const certificate = ready.rtmpsCertificate ?? join(project.folder, "rtmps.pem");
  return { kind: "local", ready, certificate, region: ready.region };
}

/** What files say is a hint where to ask; the one that names the process which answers is believed. */
async function findLocalCloud(project: Project): Promise<CloudReady | undefined> {
  const pid = await runningCloud(project);
  if (pid === undefined) return undefined;
  const files = ["cloud.json", "run.json"].map((name) => readCloudReady(join(project.folder, name)));
  return files.find((ready) => ready?.pid === pid);
}

/** The target in a line, the first that a command says. */
export function targetLine(target: Target): string {
  if (target.kind === "local") {
    const { endpoint, accountId, region } = target.ready;
    return `Target: the local cloud at ${endpoint} (account ${accountId}, ${region})`;
  }
  if (target.endpoint !== undefined)
    return `Target: what AWS_ENDPOINT_URL names, ${target.endpoint} (${target.region})`;
  return `Target: AWS, ${target.region}, with this shell's credentials`;
}
