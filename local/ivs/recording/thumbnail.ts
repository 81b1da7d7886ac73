import { type FfmpegOptions, ffmpegPath } from "../../media/ffmpeg/install.ts";
import { runFfmpeg } from "../../media/ffmpeg/run.ts";

/** Far above what one picture takes, in milliseconds. */
const PATIENCE = 10_000;

const FROM = ["-v", "error", "-f", "mpegts", "-i", "pipe:0"];
const TO_JPEG = ["-frames:v", "1", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "4", "-f", "image2pipe", "pipe:1"];
const JPEG_BEGIN = Buffer.of(0xff, 0xd8, 0xff);

/** A JPEG of the first picture of MPEG-TS, in the size of the video. @param ffmpeg path of the program */
export const thumbnailOf = async (ffmpeg: string, segment: Buffer): Promise<Buffer> => {
  const signal = AbortSignal.timeout(PATIENCE);
  const { output, messages } = await runFfmpeg({ ffmpeg, args: [...FROM, ...TO_JPEG], input: segment, signal });
  if (output.subarray(0, JPEG_BEGIN.length).equals(JPEG_BEGIN)) return output;
  throw new Error(`ffmpeg made no JPEG: ${messages.trim() || "it found no picture"}`);
};

/** A maker of thumbnails that installs ffmpeg with the first one; where that fails, it is not tried again. */
export const thumbnailMaker = (options: FfmpegOptions): ((segment: Buffer) => Promise<Buffer>) => {
  let program: Promise<string> | undefined;
  return async (segment) => {
    program ??= ffmpegPath(options);
    return thumbnailOf(await program, segment);
  };
};
