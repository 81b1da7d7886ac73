import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { drawTime, HEIGHT, WIDTH } from "./clock-picture.ts";
import { obey } from "./obey.ts";

const FRAMES_PER_SECOND = 30;

const inputs = [
  ...[
    "-f",
    "rawvideo",
    "-pix_fmt",
    "yuv420p",
    "-s",
    `${WIDTH}x${HEIGHT}`,
    "-r",
    `${FRAMES_PER_SECOND}`,
    "-i",
    "pipe:0",
  ],
  ...["-f", "lavfi", "-i", "sine=frequency=330:sample_rate=48000"],
];
const codecs = [
  ...["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-profile:v", "main", "-pix_fmt", "yuv420p"],
  ...["-g", `${2 * FRAMES_PER_SECOND}`, "-sc_threshold", "0", "-b:v", "600k", "-maxrate", "600k", "-bufsize", "600k"],
  ...["-c:a", "aac", "-b:a", "96k", "-ac", "2"],
];

let encoder: ChildProcess | undefined;

/** A camera on a clock: each picture shows when it was taken. */
const film = async (child: ChildProcess): Promise<void> => {
  const began = performance.now();
  for (let frame = 0; child.exitCode === null && child.stdin?.writable; frame++) {
    await sleep(began + (frame * 1_000) / FRAMES_PER_SECOND - performance.now());
    const taken = child.stdin.write(drawTime(Date.now()));
    if (!taken) await new Promise((resolve) => child.stdin?.once("drain", resolve).once("close", resolve));
  }
};

const commands = {
  /** Encodes the clock once and sends it to all of these, each written as ffmpeg's tee muxer wants it. */
  start(ffmpeg: string, outputs: readonly string[]): void {
    const tee = ["-map", "0:v", "-map", "1:a", "-flags", "+global_header", "-f", "tee", outputs.join("|")];
    const child = spawn(ffmpeg, ["-hide_banner", "-nostats", "-v", "warning", ...inputs, ...codecs, ...tee], {
      stdio: ["pipe", "ignore", "inherit"],
    });
    child.stdin.on("error", () => {});
    encoder = child;
    void film(child);
  },
};

process.on("exit", () => encoder?.kill("SIGKILL"));

export type ClockEncoder = typeof commands;
obey(commands);
