import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { childEnvironment } from "../process/child-environment.ts";
import { killTree } from "../process/process-tree.ts";
import type { Project } from "../project.ts";
import type { CliError } from "../terminal/cli-error.ts";
import { type EncoderEvent, readEncoderEvent } from "./encoder-event.ts";
import { encoderFailure } from "./encoder-failure.ts";

/** What is sent, and where to; it goes to the encoder's standard input, since others can read arguments. */
export interface EncoderOrder {
  readonly url: string;
  readonly streamKey: string;
  /** @default the test clip */
  readonly file?: string | undefined;
  /** A file in PEM: the only authority that is believed. @default those of Node */
  readonly certificate?: string | undefined;
}

export interface EncoderOptions {
  readonly project: Project;
  readonly order: EncoderOrder;
  /** As the user named it. */
  readonly channel: string;
  readonly again: string;
  /** Told in a line what takes time before anything is sent. */
  readonly tell: (line: string) => void;
}

/** What was sent so far. */
export interface Sent {
  /** Of video. */
  readonly seconds: number;
  readonly bytes: number;
  /** Kilobits per second of late. */
  readonly kilobits: number;
}

/** The encoder, a process of its own. It ends when we do. */
export interface Encoder {
  /** Settles when the server takes the stream. @throws CliError */
  readonly published: Promise<void>;
  /** Rejects with the CliError when it ends by itself; resolves when it was stopped. */
  readonly ended: Promise<void>;
  /** All of its ffmpeg's arguments but the destination; empty until it is known. */
  readonly source: readonly string[];
  readonly sent: Sent;
  /** Ends the stream in good order, and waits until the process is gone. */
  stop(): Promise<void>;
}

const stopGraceMilliseconds = 5000;
/** Of what it says beside its events, which is nothing unless it fails. */
const keptCharacters = 2000;

export function startEncoder({ project, order, channel, again, tell }: EncoderOptions): Encoder {
  const child = spawn(process.execPath, ["--import", "tsx", join("local", "media", "encoder", "main.ts")], {
    cwd: project.root,
    env: childEnvironment(process.env),
    stdio: ["pipe", "pipe", "pipe"],
    // A session of its own, so that Ctrl-C reaches only us. When we end, its standard input closes, and it ends.
    detached: true,
  });
  let isStopping = false;
  let last: EncoderEvent | undefined;
  let source: readonly string[] = [];
  let sent: Sent = { seconds: 0, bytes: 0, kilobits: 0 };
  let onPublished = (): void => undefined;
  const accepted = new Promise<void>((resolve) => {
    onPublished = resolve;
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const event = readEncoderEvent(line);
    if (event === undefined) return;
    last = event;
    if (event.event === "preparing") tell(event.what);
    if (event.event === "source") source = event.args;
    if (event.event === "published") onPublished();
    if (event.event === "progress") sent = event;
    if (event.event === "ended") sent = { ...sent, seconds: event.seconds, bytes: event.bytes };
  });
  let said = "";
  child.stderr.on("data", (bytes: Buffer) => {
    said = `${said}${bytes}`.slice(-keptCharacters);
  });
  child.on("error", (error) => {
    said = error.message;
  });
  // It may end before it has read its order, which the end below says.
  child.stdin.on("error", () => undefined);
  child.stdin.write(`${JSON.stringify({ folder: project.folder, ...order })}\n`);

  const closed = new Promise<CliError | undefined>((resolve) => {
    child.once("close", () => {
      const failure = { event: last, said: said.replaceAll(order.streamKey, "…"), channel, file: order.file, again };
      resolve(isStopping ? undefined : encoderFailure(failure));
    });
  });
  const ended = closed.then((error) => {
    if (error) throw error;
  });
  const published = Promise.race([accepted, ended]);
  // Whoever waits is told; nobody has to wait.
  for (const promise of [ended, published]) promise.catch(() => undefined);
  return {
    published,
    ended,
    get source() {
      return source;
    },
    get sent() {
      return sent;
    },
    stop: async () => {
      isStopping = true;
      child.stdin.end();
      const late = new AbortController();
      const kill = sleep(stopGraceMilliseconds, undefined, { signal: late.signal }).then(
        () => killTree(child.pid ?? 0),
        () => undefined,
      );
      await closed;
      late.abort();
      await kill;
    },
  };
}
