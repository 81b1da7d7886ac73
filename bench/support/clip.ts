import { join } from "node:path";
import { ffmpegPath } from "#local/media/ffmpeg/install.ts";
import { runFfmpeg } from "#local/media/ffmpeg/run.ts";

const folder = join(import.meta.dirname, "../../.onair");

/** The project's own ffmpeg. */
export const benchFfmpeg = (): Promise<string> => ffmpegPath({ folder, report: (line) => console.log(line) });

/** Noise, so that the encoder really needs the bits it may spend. */
const PICTURE = "testsrc2=size=1280x720:rate=30,noise=alls=24:allf=t";
const SOUND = "sine=frequency=330:sample_rate=48000";

/** How long the clip is before it is sent again. */
export const clipSeconds = 8;

/** Makes a few seconds of 720p30 at 2 Mbit/s with a keyframe every two seconds, and stereo sound at 128 kbit/s, as FLV. */
export async function makeClip(path: string): Promise<void> {
  const args = [
    ...["-y", "-v", "error", "-f", "lavfi", "-i", PICTURE, "-f", "lavfi", "-i", SOUND, "-t", `${clipSeconds}`],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-profile:v", "main", "-pix_fmt", "yuv420p"],
    ...[
      "-g",
      "60",
      "-sc_threshold",
      "0",
      "-b:v",
      "2000k",
      "-minrate",
      "2000k",
      "-maxrate",
      "2000k",
      "-bufsize",
      "2000k",
    ],
    ...["-c:a", "aac", "-b:a", "128k", "-ac", "2", "-f", "flv", "-flvflags", "no_duration_filesize", path],
  ];
  await runFfmpeg({ ffmpeg: await benchFfmpeg(), args });
}
