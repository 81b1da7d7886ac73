import { type ChildProcess, spawn } from "node:child_process";

/** ffmpeg's own HLS: two-second segments, and as many listed as ours lists. */
const options = { hls_time: "2", hls_list_size: "6", hls_flags: "delete_segments+program_date_time" };

/** It as one output of ffmpeg's tee muxer. */
export const teeToHls = (playlist: string): string => {
  const settings = Object.entries({ f: "hls", ...options }).map(([name, value]) => `${name}=${value}`);
  return `[${settings.join(":")}]${playlist}`;
};

/** Takes what an RTMP server gives out into that muxer, without encoding it anew. */
export const packageRtmp = (ffmpeg: string, from: string, playlist: string): ChildProcess => {
  const input = ["-fflags", "nobuffer", "-analyzeduration", "1000000", "-i", from];
  const output = [
    "-c",
    "copy",
    "-f",
    "hls",
    ...Object.entries(options).flatMap(([name, value]) => [`-${name}`, value]),
  ];
  return spawn(ffmpeg, ["-hide_banner", "-nostats", "-v", "error", ...input, ...output, playlist], {
    stdio: ["ignore", "ignore", "inherit"],
  });
};
