import { spawn } from "node:child_process";
import { withoutCredentials } from "../../ministack/environment.ts";

export interface FfmpegRun {
  /** Path of the program. */
  readonly ffmpeg: string;
  readonly args: readonly string[];
  /** @default nothing */
  readonly input?: Uint8Array;
  /** Kills the program. */
  readonly signal?: AbortSignal | undefined;
}

/** ffmpeg ended with a failure; the message carries what it said. */
export class FfmpegFailure extends Error {
  readonly code = "FFMPEG_FAILED";
}

/** What ffmpeg wrote to its standard output, and its messages. */
export interface FfmpegResult {
  readonly output: Buffer;
  readonly messages: string;
}

/**
 * Runs ffmpeg to its end, without the caller's AWS credentials and without a terminal to ask at.
 * @throws FfmpegFailure when it exits with a failure
 */
export const runFfmpeg = ({ ffmpeg, args, input, signal }: FfmpegRun): Promise<FfmpegResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(ffmpeg, ["-hide_banner", "-nostats", ...args], {
      env: withoutCredentials(process.env),
      stdio: ["pipe", "pipe", "pipe"],
      ...(signal && { signal }),
    });
    const output: Buffer[] = [];
    const messages: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => messages.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      const said = Buffer.concat(messages).toString();
      if (code === 0) return resolve({ output: Buffer.concat(output), messages: said });
      reject(new FfmpegFailure(`ffmpeg ended with ${code}: ${said.trim()}`));
    });
    // It may end before it has read everything, which is no failure by itself.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
