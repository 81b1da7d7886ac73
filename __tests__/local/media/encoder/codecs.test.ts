import { describe, expect, it } from "vitest";
import { codecsOf } from "#local/media/encoder/codecs.ts";

/** As ffmpeg writes it. */
const said = (...streams: readonly string[]) => `Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'clip.mp4':
  Duration: 00:00:11.99, start: 0.000000, bitrate: 302 kb/s
${streams.map((stream, index) => `  Stream #0:${index}[0x${index + 1}](und): ${stream}`).join("\n")}
    Metadata:
      handler_name    : VideoHandler
Output #0, null, to 'pipe:':
  Stream #0:0: Video: wrapped_avframe, yuv420p(progressive), 320x180
  Stream #0:1: Audio: pcm_s16le, 48000 Hz, stereo
`;
const H264 = "Video: h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709, progressive), 1280x720, 30 fps (default)";
const AAC = "Audio: aac (LC) (mp4a / 0x6134706D), 48000 Hz, stereo, fltp, 96 kb/s (default)";

describe("codecsOf", () => {
  it("takes H.264 of 8 bits and AAC as they are", () => {
    expect(codecsOf(said(H264, AAC))).toEqual({
      video: { name: "h264 (High)", fits: true },
      audio: { name: "aac (LC)", fits: true },
    });
  });

  it.each([
    "Video: h264 (High 10), yuv420p10le(progressive), 1280x720",
    "Video: h264 (High 4:4:4 Predictive), yuv444p(progressive), 1280x720",
    "Video: hevc (Main) (hvc1 / 0x31637668), yuv420p(tv), 1280x720",
    "Video: vp9 (Profile 0), yuv420p(tv), 1280x720",
  ])("does not take %s", (stream) => {
    expect(codecsOf(said(stream)).video?.fits).toBe(false);
  });

  it.each(["Audio: aac (HE-AACv2), 44100 Hz", "Audio: opus, 48000 Hz, stereo", "Audio: mp3 (mp3float), 44100 Hz"])(
    "does not take %s",
    (stream) => {
      expect(codecsOf(said(H264, stream)).audio?.fits).toBe(false);
    },
  );

  it("passes a cover picture by", () => {
    const cover = "Video: mjpeg (Baseline), yuvj420p(pc), 600x600 (attached pic)";
    expect(codecsOf(said(cover, H264)).video?.name).toBe("h264 (High)");
    expect(codecsOf(said(AAC, cover)).video).toBeUndefined();
  });

  it("knows a file without sound", () => {
    expect(codecsOf(said(H264))).toEqual({ video: { name: "h264 (High)", fits: true } });
  });
});
