import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { withoutCredentials } from "../../ministack/environment.ts";
import { EncoderFailure } from "./encoder-failure.ts";
import { createFlvTagReader } from "./flv-tags.ts";
import type { Order } from "./order.ts";
import { type Publishing, publish } from "./publish.ts";
import { prepareSource, type Source } from "./source.ts";

/** What the encoder says, one JSON object a line. Never the stream key. */
export type EncoderEvent =
  /** Something takes time before anything is sent. */
  | { readonly event: "preparing"; readonly what: string }
  /** What ffmpeg reads, as its arguments without the destination. */
  | { readonly event: "source"; readonly args: readonly string[] }
  /** The server takes the stream. */
  | { readonly event: "published" }
  /** Once a second: what was sent in all, and how fast of late. */
  | { readonly event: "progress"; readonly seconds: number; readonly bytes: number; readonly kilobits: number }
  /** The order was carried out until we were told to end. */
  | { readonly event: "ended"; readonly seconds: number; readonly bytes: number }
  /** It was not: each kind of {@link EncoderFailure}. */
  | { readonly event: "refused"; readonly reason: string }
  | { readonly event: "lost"; readonly reason: string }
  | { readonly event: "unusable"; readonly reason: string }
  /** ffmpeg could not be installed, or a fault of ours. */
  | { readonly event: "failed"; readonly code: string; readonly reason: string };

export type Tell = (event: EncoderEvent) => void;

const PROGRESS_MILLISECONDS = 1_000;

/** Counts what was sent, and tells it once a second. */
const createCounter = (tell: Tell) => {
  const total = { seconds: 0, bytes: 0 };
  let before = 0;
  let since = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const kilobits = Math.round(((total.bytes - before) * 8) / (now - since));
    before = total.bytes;
    since = now;
    tell({ event: "progress", ...total, kilobits });
  }, PROGRESS_MILLISECONDS);
  return {
    total,
    count: (timestamp: number, bytes: number) => {
      total.seconds = Math.max(total.seconds, timestamp / 1000);
      total.bytes += bytes;
    },
    stop: () => clearInterval(timer),
  };
};

/** Reads the source with ffmpeg and sends what comes, until one of them ends. */
const pump = async ({ ffmpeg, args }: Source, publishing: Publishing, tell: Tell, signal: AbortSignal) => {
  const child = spawn(ffmpeg, ["-hide_banner", "-nostats", "-v", "error", ...args, "pipe:1"], {
    env: withoutCredentials(process.env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let said = "";
  child.once("error", (error) => {
    said = error.message;
  });
  child.stderr.on("data", (bytes: Buffer) => {
    said = `${said}${bytes}`.slice(-1_000);
  });
  const end = () => child.kill("SIGKILL");
  publishing.over.then(end);
  signal.addEventListener("abort", end);
  if (signal.aborted) end();

  const reader = createFlvTagReader();
  const counter = createCounter(tell);
  try {
    for await (const bytes of child.stdout) {
      for (const tag of reader.read(bytes)) {
        await publishing.write(tag);
        counter.count(tag.timestamp, tag.body.length);
      }
    }
    if (signal.aborted) return counter.total;
    const failure = await Promise.race([publishing.over, ended]);
    throw failure ?? new EncoderFailure("unusable", `ffmpeg has ended: ${said.trim().split("\n").at(-1)}`);
  } finally {
    counter.stop();
    end();
    signal.removeEventListener("abort", end);
    await ended;
  }
};

/**
 * Sends what is ordered until the signal is aborted. Nothing is tried twice.
 *
 * @throws EncoderFailure, or CloudFailure where ffmpeg cannot be installed; the signal's reason before anything was sent
 */
export const runEncoder = async (order: Order, tell: Tell, signal: AbortSignal): Promise<void> => {
  const report = (what: string) => tell({ event: "preparing", what });
  const certificate = order.certificate === undefined ? undefined : await readFile(order.certificate, "utf8");
  const source = await prepareSource({ folder: order.folder, file: order.file, report, signal });
  tell({ event: "source", args: source.args });
  signal.throwIfAborted();
  const publishing = await publish({ url: order.url, streamKey: order.streamKey, certificate, signal });
  tell({ event: "published" });
  try {
    const total = await pump(source, publishing, tell, signal);
    await publishing.end();
    tell({ event: "ended", ...total });
  } finally {
    await publishing.end();
  }
};
