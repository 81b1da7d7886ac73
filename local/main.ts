import { fstatSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runningCloudOf } from "./already-running.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { CloudFailure, EXIT_CODES } from "./failure.ts";
import { AlreadyRunning } from "./folder.ts";
import { removeFile, writeRunFile } from "./run-files.ts";
import { isConstraint } from "./terraform/version-constraint.ts";

const USAGE = `npm run local -- [--folder .onair] [--port 4566] [--ready-file <folder>/run.json]
                [--account 000000000000] [--region us-east-1]
                [--require-terraform] [--aws-provider "~> 5.100"]
                [--insecure-ingest where-allowed|everywhere] [--rates service|none]

Runs the local cloud until Ctrl-C. Progress goes to standard error. The port can also be chosen by ONAIR_PORT.
Without providers for Terraform it runs too, unless --require-terraform is given. --aws-provider says which releases
of hashicorp/aws the stacks ask for. --insecure-ingest everywhere lets encoders send by plain RTMP to every channel,
not only to those whose insecureIngest says so. --rates none lets more API calls a second through than AWS does.

Exit codes: 0 ended by Ctrl-C, or already running; 1 failed; 2 usage; 6 a prerequisite is missing.`;

const PROJECT = join(import.meta.dirname, "..");

const report = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const portOf = (text: string | undefined): number | undefined => {
  if (text === undefined || text === "") return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new CloudFailure("USAGE", `A port is a number from 0 to 65535; got ${JSON.stringify(text)}.`);
};

const constraintOf = (text: string | undefined): string | undefined => {
  if (text === undefined || isConstraint(text)) return text;
  throw new CloudFailure("USAGE", `--aws-provider is a version constraint of Terraform; got ${JSON.stringify(text)}.`);
};

/** An option that takes one of two words. */
const oneOf = <Word extends string>(option: string, words: readonly [Word, Word], text: string): Word => {
  const word = words.find((one) => one === text);
  if (word !== undefined) return word;
  throw new CloudFailure("USAGE", `${option} is ${words.join(" or ")}; got ${JSON.stringify(text)}.`);
};

const readOptions = () => {
  const { values } = parseArgs({
    options: {
      folder: { type: "string", default: join(PROJECT, ".onair") },
      port: { type: "string" },
      "ready-file": { type: "string" },
      account: { type: "string", default: "000000000000" },
      region: { type: "string", default: "us-east-1" },
      "require-terraform": { type: "boolean", default: false },
      "aws-provider": { type: "string" },
      "insecure-ingest": { type: "string", default: "where-allowed" },
      rates: { type: "string", default: "service" },
    },
  });
  if (!/^\d{12}$/.test(values.account)) {
    throw new CloudFailure("USAGE", `An account id has twelve digits; got ${JSON.stringify(values.account)}.`);
  }
  const folder = resolve(values.folder);
  return {
    folder,
    port: portOf(values.port ?? process.env.ONAIR_PORT),
    readyFile: resolve(values["ready-file"] ?? join(folder, "run.json")),
    accountId: values.account,
    region: values.region,
    awsProvider: constraintOf(values["aws-provider"]),
    insecureIngest: oneOf("--insecure-ingest", ["where-allowed", "everywhere"], values["insecure-ingest"]),
    rates: oneOf("--rates", ["service", "none"], values.rates),
    terraform: values["require-terraform"] ? ("required" as const) : ("wanted" as const),
  };
};

const showRunning = async (folder: string, readyFile: string, pid: number): Promise<number> => {
  report(`The local cloud of ${folder} runs already (process ${pid}).`);
  const run = await runningCloudOf(folder, readyFile, pid);
  if (run === undefined) throw new CloudFailure("NOT_READY", "It did not become ready. Stop it, then start again.");
  console.log(run.endpoint);
  return 0;
};

const isPipe = (descriptor: number): boolean => {
  try {
    const input = fstatSync(descriptor);
    return input.isFIFO() || input.isSocket();
  } catch {
    return false;
  }
};

/** Resolves when someone asks this process to end: a signal, or the end of the program that started it. */
const askedToStop = (): Promise<string> =>
  new Promise((resolveStop) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolveStop(signal));
    if (process.send !== undefined) process.once("disconnect", () => resolveStop("its parent ended"));
    if (isPipe(0)) {
      process.stdin.on("error", () => resolveStop("its standard input failed"));
      process.stdin.on("end", () => resolveStop("its standard input closed")).resume();
    }
  });

const runUntilStopped = async (cloud: Cloud, readyFile: string, stopped: Promise<string>): Promise<number> => {
  const { endpoint, rtmpUrl, rtmpsUrl, rtmpsCertificate, chatUrl, region, accountId } = cloud;
  const addresses = { endpoint, rtmpUrl, rtmpsUrl, rtmpsCertificate, chatUrl };
  await writeRunFile(readyFile, { pid: process.pid, ...addresses, region, accountId });
  report(`The local cloud is ready at ${endpoint} (account ${accountId}, ${region}). Ctrl-C stops it.`);
  const ending = await Promise.race([stopped, cloud.died]);
  await removeFile(readyFile);
  if (ending instanceof CloudFailure) {
    await cloud.stop();
    throw ending;
  }
  report(`Stopping (${ending}), saving first`);
  await cloud.stop();
  return 0;
};

const main = async (): Promise<number> => {
  const { readyFile, ...options } = readOptions();
  const stopped = askedToStop();
  const start = new AbortController();
  stopped.then((reason) => start.abort(reason));
  try {
    const cloud = await startCloud({ ...options, report, signal: start.signal });
    return await runUntilStopped(cloud, readyFile, stopped);
  } catch (error) {
    if (start.signal.aborted) {
      report(`Stopped while starting (${start.signal.reason})`);
      return 0;
    }
    if (error instanceof AlreadyRunning) return showRunning(options.folder, readyFile, error.pid);
    throw error;
  }
};

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  const isFailure = error instanceof CloudFailure;
  if (isFailure) report(`${error.message}  ${error.code}`);
  else if (isUsage) report(`${(error as Error).message}\n\n${USAGE}`);
  else report(String((error as Error).stack));
  process.exitCode = isUsage ? EXIT_CODES.USAGE : isFailure ? EXIT_CODES[error.code] : 1;
}
process.exit();
