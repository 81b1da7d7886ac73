import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Mail } from "../cognito/mail.ts";
import { CloudFailure } from "../failure.ts";
import { type EmulatorSettings, emulatorEnvironment, emulatorFolders } from "./environment.ts";
import { type LogFile, logTo } from "./log-file.ts";

export interface MinistackOptions extends EmulatorSettings {
  /** The Python of the virtual environment that {@link installVenv} made. */
  readonly python: string;
  readonly logPath: string;
  /** Told of each mail that SES or Cognito sends. @default nobody */
  readonly onMail?: (mail: Mail) => void;
  /** The file to which goes what IAM decides for roles. @default none */
  readonly decisions?: string | undefined;
}

/** The running emulator, reachable only with its secret. */
export interface Ministack {
  readonly port: number;
  /** Goes out as `x-onair-secret`; made anew at each start and never written anywhere. */
  readonly secret: string;
  /** Resolves, with what to tell the user, when it ends without {@link stop} having been called. */
  readonly died: Promise<CloudFailure>;
  isAlive(): boolean;
  /** Calls one of the launcher's own routes, for example `save`. */
  call<Answer>(route: string, body: unknown): Promise<Answer>;
  /** Ends it and everything that it started. What must survive has been saved before. */
  stop(): Promise<void>;
}

const LAUNCHER = join(import.meta.dirname, "launcher.py");
const START_SECONDS = 60;
const STOP_SECONDS = 5;

/** The loop that keeps answering asks once in this many milliseconds. */
const POLL_MILLISECONDS = 20;

const killGroup = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The whole group is gone already.
  }
};

/** The first line, undefined where it never comes. The others are given to `onLine`, if they are ours. */
const firstLine = (
  child: ChildProcess,
  onLine: (line: { readonly mail?: Mail }) => void,
): Promise<string | undefined> =>
  new Promise((resolve) => {
    if (child.stdout === null) return resolve(undefined);
    const lines = createInterface({ input: child.stdout });
    lines.once("line", (first) => {
      resolve(first);
      lines.on("line", (line) => line.startsWith('{"mail": ') && onLine(JSON.parse(line)));
    });
    lines.once("close", () => resolve(undefined));
  });

const deathOf = (log: LogFile, code: number | null, signal: string | null): CloudFailure =>
  new CloudFailure(
    "PART_DIED",
    [
      `ministack stopped by itself (${signal ?? `exit ${code}`}). Its last lines, of ${log.path}:`,
      ...log.lastLines(),
    ].join("\n  "),
  );

const callerOf = (port: number, secret: string) => {
  const agent = new Agent({ keepAlive: true, timeout: 60_000 });
  return <Answer>(route: string, body: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { "x-onair-secret": secret, "content-type": "application/json" };
      const sent = request({ host: "127.0.0.1", port, method: "POST", path: `/_onair/${route}`, headers, agent });
      sent.on("error", reject);
      sent.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          if (response.statusCode === 200) resolve(JSON.parse(text) as Answer);
          else reject(new Error(`ministack's launcher answered ${response.statusCode}: ${text}`));
        });
      });
      sent.end(JSON.stringify(body));
    });
};

/**
 * Starts ministack and waits until it answers. It leads its own process group, so that everything that it starts can
 * be ended with it, and it ends by itself when this process is gone.
 * @throws CloudFailure PART_DIED with its last lines, if it does not come up
 */
export const startMinistack = async (options: MinistackOptions): Promise<Ministack> => {
  await Promise.all(
    Object.values(emulatorFolders(options.folder)).map((path) => mkdir(path, { recursive: true, mode: 0o700 })),
  );
  const child = spawn(options.python, ["-B", LAUNCHER], {
    env: emulatorEnvironment(process.env, options),
    cwd: options.folder,
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const log = logTo(options.logPath, child.stderr);
  let stopping = false;
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const died = new Promise<CloudFailure>((resolve) => {
    child.once("error", (error) => resolve(new CloudFailure("PART_DIED", `ministack did not start: ${error.message}`)));
    child.once("close", (code, signal) => {
      killGroup(child.pid);
      if (!stopping) resolve(deathOf(log, code, signal));
    });
  });
  const stop = async () => {
    stopping = true;
    child.stdin.destroy();
    const patience = setTimeout(() => killGroup(child.pid), STOP_SECONDS * 1000);
    await ended;
    clearTimeout(patience);
  };

  const secret = randomBytes(32).toString("hex");
  child.stdin.on("error", () => undefined);
  child.stdin.write(`${JSON.stringify({ secret, decisions: options.decisions })}\n`);
  const announced = await firstLine(child, ({ mail }) => mail && options.onMail?.(mail));
  if (announced === undefined || child.pid === undefined) throw await died;
  const { port } = JSON.parse(announced) as { port: number };
  const call = callerOf(port, secret);

  const deadline = Date.now() + START_SECONDS * 1000;
  for (;;) {
    const state = await Promise.race([call("health", {}).catch(() => "waiting"), died]);
    if (state instanceof CloudFailure) throw state;
    if (state !== "waiting")
      return { port, secret, died, isAlive: () => child.exitCode === null && child.signalCode === null, call, stop };
    if (Date.now() > deadline) {
      await stop();
      throw new CloudFailure("PART_DIED", `ministack did not answer within ${START_SECONDS} s. Its log: ${log.path}`);
    }
    await sleep(POLL_MILLISECONDS);
  }
};
