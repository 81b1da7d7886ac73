import { relative, resolve } from "node:path";
import { chooseTarget, targetLine } from "../onair/target.ts";
import { runUntilInterrupted } from "../process/run-until-interrupted.ts";
import { openProject } from "../project.ts";
import { duration } from "../terminal/duration.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Broadcast } from "./broadcast.ts";
import { broadcast } from "./broadcast.ts";
import { ffmpegLine } from "./ffmpeg-line.ts";
import type { TestStreamOptions } from "./verb.ts";

/** `onair test-stream`; returns the exit code. */
export function runTestStream(terminal: Terminal, channel: string, options: TestStreamOptions): Promise<number> {
  const again = `onair test-stream ${channel}`;
  return runUntilInterrupted(terminal, again, (signal) => testStream(terminal, channel, options, again, signal));
}

async function testStream(
  terminal: Terminal,
  name: string,
  { aws = false, folder, file, rtmp = false, for: limit }: TestStreamOptions,
  again: string,
  signal: AbortSignal,
): Promise<void> {
  const project = openProject(folder, "cdktf.out");
  const path = file === undefined ? undefined : resolve(file);
  const target = await chooseTarget(project, aws, again);
  terminal.note(targetLine(target));
  const live = await terminal.step(`Go live on ${name}`, async (tell) => {
    const value = await broadcast({ project, target, channel: name, file: path, plain: rtmp, signal, again, tell });
    return { value };
  });
  try {
    const { channel, encoder, order } = live;
    terminal.answer(channel.playbackUrl);
    if (channel.isPrivate) terminal.note("The channel is private: players need a playback token behind that URL.");
    const line = ffmpegLine(encoder.source, order, asTyped);
    terminal.note(`The same by ffmpeg, with the stream key masked:\n  ${line}`);
    await terminal.step(limit === undefined ? "Sending until Ctrl-C" : "Sending", async (tell) => {
      tell(() => `${sentText(live)}, ${encoder.sent.kilobits} kbit/s`);
      await whileSending(live, limit, signal);
      return { value: undefined, summary: sentText(live) };
    });
  } finally {
    await live.encoder.stop();
  }
}

/** Waits for Ctrl-C or the end of the time, which are the ways to end this; what ends it otherwise is thrown. */
async function whileSending({ encoder }: Broadcast, limit: number | undefined, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    if (limit !== undefined) timer = setTimeout(resolve, limit);
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  try {
    await Promise.race([enough, encoder.ended]);
    await encoder.stop();
  } finally {
    clearTimeout(timer);
  }
}

/** A path as the user, where they are, would type it. */
function asTyped(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}

function sentText({ encoder: { sent } }: Broadcast): string {
  return `${duration(sent.seconds * 1000)} sent, ${(sent.bytes / 1e6).toFixed(1)} MB`;
}
