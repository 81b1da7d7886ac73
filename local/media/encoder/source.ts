import { join } from "node:path";
import { ffmpegPath } from "../ffmpeg/install.ts";
import { FfmpegFailure, runFfmpeg } from "../ffmpeg/run.ts";
import { testClip } from "../ffmpeg/test-clip.ts";
import { codecsOf } from "./codecs.ts";
import { EncoderFailure } from "./encoder-failure.ts";

/** What is sent, ready to be read. */
export interface Source {
  /** Path of the program that reads it. */
  readonly ffmpeg: string;
  /** All its arguments but where the FLV goes: at the speed at which it is played, over and over. */
  readonly args: readonly string[];
}

export interface SourceOptions {
  readonly folder: string;
  readonly file?: string | undefined;
  readonly report: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What Amazon IVS takes of any channel type: 720 lines, main profile, a keyframe every two seconds. */
const ENCODE_VIDEO = [
  ...["-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-pix_fmt", "yuv420p"],
  ...["-vf", "scale=-2:min(720\\,ih)", "-force_key_frames", "expr:gte(t,n_forced*2)", "-bf", "0"],
  ...["-b:v", "2500k", "-maxrate", "2500k", "-bufsize", "5000k"],
];
const ENCODE_AUDIO = ["-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "2"];

const readOver = (path: string): string[] => ["-re", "-stream_loop", "-1", "-i", path];
const toFlv = ["-flvflags", "no_duration_filesize", "-f", "flv"];

/** Copies what the service takes as it is, and encodes the rest anew. @throws EncoderFailure unusable */
const argsForFile = async (ffmpeg: string, file: string, signal: AbortSignal | undefined): Promise<string[]> => {
  const args = ["-i", file, "-t", "0", "-f", "null", "-"];
  const { messages } = await runFfmpeg({ ffmpeg, args, signal }).catch((error: unknown) => {
    if (!(error instanceof FfmpegFailure)) throw error;
    throw new EncoderFailure("unusable", error.message.split("\n").at(-1) ?? "", { cause: error });
  });
  const { video, audio } = codecsOf(messages);
  if (video === undefined) throw new EncoderFailure("unusable", `${file} has no video`);
  return [
    ...readOver(file),
    ...["-map", "0:V:0", "-map", "0:a:0?"],
    ...(video.fits ? ["-c:v", "copy"] : ENCODE_VIDEO),
    ...(audio === undefined || audio.fits ? ["-c:a", "copy"] : ENCODE_AUDIO),
    ...toFlv,
  ];
};

/**
 * Makes ready what is sent: a file of the user's, or the test clip. ffmpeg is installed and the clip made on first use.
 *
 * @throws EncoderFailure unusable, or CloudFailure where ffmpeg cannot be installed
 */
export const prepareSource = async ({ folder, file, report, signal }: SourceOptions): Promise<Source> => {
  const ffmpeg = await ffmpegPath({ folder, report, signal });
  if (file !== undefined) return { ffmpeg, args: await argsForFile(ffmpeg, file, signal) };
  const clip = await testClip({ ffmpeg, folder: join(folder, "media"), signal });
  return { ffmpeg, args: [...readOver(clip), "-c", "copy", ...toFlv] };
};
