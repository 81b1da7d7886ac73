import { createHash } from "node:crypto";
import { mkdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { runFfmpeg } from "./run.ts";

export interface TestClipOptions {
  /** Path of the program that makes it. */
  readonly ffmpeg: string;
  /** Where clips are kept; made when missing. */
  readonly folder: string;
  /** In pixels, even. @default 640 */
  readonly width?: number;
  /** In pixels, even. @default 360 */
  readonly height?: number;
  /** @default 30 */
  readonly framesPerSecond?: number;
  /** How long the clip is before it is looped. @default 20 */
  readonly seconds?: number;
  /** Seconds from one keyframe to the next; IVS advises 2. @default 2 */
  readonly keyframeSeconds?: number;
  /** Kilobits per second of the picture. @default 600 */
  readonly videoKilobits?: number;
  /** Pictures that refer forward, which need a composition time. @default 0 */
  readonly bidirectionalFrames?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Made of ffmpeg's own sources, so that it needs no font and no file: moving bars with a clock, and a soft tone. */
const encoderArgs = (options: TestClipOptions): string[] => {
  const { width = 640, height = 360, framesPerSecond = 30, seconds = 20, keyframeSeconds = 2 } = options;
  const { videoKilobits = 600, bidirectionalFrames = 0 } = options;
  const picture = `testsrc=size=${width}x${height}:rate=${framesPerSecond}:decimals=2`;
  const sound = "sine=frequency=330:beep_factor=3:sample_rate=48000";
  return [
    ...["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-t", `${seconds}`, "-shortest"],
    ...["-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-pix_fmt", "yuv420p"],
    ...["-g", `${framesPerSecond * keyframeSeconds}`, "-sc_threshold", "0", "-bf", `${bidirectionalFrames}`],
    ...["-b:v", `${videoKilobits}k`, "-maxrate", `${videoKilobits}k`, "-bufsize", `${videoKilobits * 2}k`],
    ...["-c:a", "aac", "-b:a", "96k", "-ac", "2", "-f", "flv", "-flvflags", "no_duration_filesize"],
  ];
};

/**
 * The path of a small clip that any encoder could have sent: H.264 main profile and AAC in FLV, regular keyframes, a
 * burnt-in clock. It is made once and kept under a name that tells its settings apart.
 * @throws FfmpegFailure
 */
export const testClip = async (options: TestClipOptions): Promise<string> => {
  const args = encoderArgs(options);
  const name = createHash("sha256").update(JSON.stringify(args)).digest("hex").slice(0, 12);
  const path = join(options.folder, `test-clip-${name}.flv`);
  if (await stat(path).catch(() => undefined)) return path;
  await mkdir(options.folder, { recursive: true });
  // Renamed when whole, so that a run that was killed, or a second one beside it, leaves nothing half made.
  const beside = join(options.folder, `test-clip-${name}.${process.pid}.making.flv`);
  const { ffmpeg, signal } = options;
  await runFfmpeg({ ffmpeg, args: ["-y", "-v", "error", ...args, beside], signal });
  await rename(beside, path);
  return path;
};
