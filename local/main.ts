import { fstatSync } from "node:fs";
import { runningCloudOf } from "./already-running.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { CloudFailure, EXIT_CODES } from "./failure.ts";
import { AlreadyRunning } from "./folder.ts";
import { readOptions, USAGE } from "./options.ts";
import { removeFile, writeRunFile } from "./run-files.ts";

const report = (line: string): void => {
  process.stderr.write(`${line}\n`);
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
  const { readyFile, ...options } = readOptions(process.argv.slice(2), process.env);
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
