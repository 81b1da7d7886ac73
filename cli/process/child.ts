import type { ChildProcess, StdioOptions } from "node:child_process";
import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";
import { killTree, signalProcess } from "./process-tree.ts";

/** A program to run; its output goes to a file of its own and, line by line, to whoever listens. */
export interface Program {
  /** What users call it, for example `terraform`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Everything it prints, appended. */
  readonly log: string;
  /** Each line without escape codes, as it comes. */
  readonly onLine?: (line: string, stream: "stdout" | "stderr") => void;
  /** `held` keeps its stdin open for as long as we live, so that it can notice our end. @default "closed" */
  readonly stdin?: "closed" | "held";
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Set when it could not be started at all. */
  readonly error?: NodeJS.ErrnoException;
}

export interface Child {
  readonly name: string;
  /** 0 when it could not be started. */
  readonly pid: number;
  readonly log: string;
  readonly ended: Promise<Ending>;
  readonly running: boolean;
  /** What it said last, oldest first. */
  lastLines(count: number): string[];
  /** Asks it to stop, waits at most that long, then ends it and all below it. */
  stop(signal: NodeJS.Signals, graceMilliseconds: number): Promise<Ending>;
}

const keptLines = 40;
const started = new Set<Child>();

/** Everything started here that still runs. */
export function runningChildren(): Child[] {
  return [...started];
}

// Whatever way this process ends, short of SIGKILL, it leaves no process behind.
process.on("exit", () => {
  for (const child of started) killTree(child.pid);
});

/**
 * Starts a program in a session of its own: Ctrl-C at the terminal reaches only us, and we decide who is told, when and
 * how often. (Terraform takes a second SIGINT as an order to drop everything, locks included.)
 */
export function startChild(program: Program): Child {
  mkdirSync(dirname(program.log), { recursive: true });
  rotate(program.log);
  const log = createWriteStream(program.log, { flags: "a" });
  const stdio: StdioOptions = [program.stdin === "held" ? "pipe" : "ignore", "pipe", "pipe"];
  const spawned = spawn(program.command, program.args, {
    cwd: program.folder,
    env: program.environment,
    stdio,
    detached: true,
  });
  const kept: string[] = [];
  for (const stream of ["stdout", "stderr"] as const) {
    spawned[stream]?.on("data", (chunk: Buffer) => log.write(chunk));
    onEachLine(spawned, stream, (line) => {
      if (line.trim() !== "") kept.push(line);
      if (kept.length > keptLines) kept.shift();
      program.onLine?.(line, stream);
    });
  }
  const exited = new Promise<Ending>((resolve) => {
    spawned.once("error", (error) => resolve({ code: null, signal: null, error }));
    spawned.once("close", (code, signal) => resolve({ code, signal }));
  });
  let running = spawned.pid !== undefined;
  const ended = exited.then(async (ending) => {
    running = false;
    started.delete(child);
    // Whoever is told that it ended may read all that it said.
    await new Promise<void>((resolve) => log.end(() => resolve()));
    return ending;
  });
  const child: Child = {
    name: program.name,
    pid: spawned.pid ?? 0,
    log: program.log,
    ended,
    get running() {
      return running;
    },
    lastLines: (count) => kept.slice(-count),
    stop: (signal, graceMilliseconds) => stop(child, signal, graceMilliseconds),
  };
  if (child.pid > 0) started.add(child);
  return child;
}

const rotateBytes = 10_000_000;

/** Keeps one older log, so that logs stay readable and the folder small. */
function rotate(log: string): void {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > rotateBytes) renameSync(log, `${log}.1`);
}

async function stop(child: Child, signal: NodeJS.Signals, graceMilliseconds: number): Promise<Ending> {
  if (child.running) signalProcess(child.pid, signal);
  const timer = setTimeout(() => killTree(child.pid), graceMilliseconds);
  const ending = await child.ended;
  clearTimeout(timer);
  return ending;
}

function onEachLine(child: ChildProcess, stream: "stdout" | "stderr", listener: (line: string) => void): void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  child[stream]?.on("data", (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) listener(stripVTControlCharacters(line).trimEnd());
  });
  child[stream]?.on("close", () => {
    if (rest !== "") listener(stripVTControlCharacters(rest).trimEnd());
  });
}
