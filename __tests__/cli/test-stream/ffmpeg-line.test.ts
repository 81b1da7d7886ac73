import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ffmpegLine, maskStreamKey } from "#cli/test-stream/ffmpeg-line.ts";

const streamKey = "sk_us-west-2_AbCdEf123456_0123456789";
const source = [
  "-re",
  "-stream_loop",
  "-1",
  "-i",
  "/person/guest/My clip.flv",
  "-map",
  "0:a:0?",
  "-c",
  "copy",
  "-f",
  "flv",
];
const shorten = (path: string) => path.replace("/person/guest/", "");

describe("ffmpegLine", () => {
  it("is what a shell takes, with the key masked", () => {
    expect(ffmpegLine(source, { url: "rtmps://host:443/app/", streamKey }, shorten)).toBe(
      "ffmpeg -re -stream_loop -1 -i 'My clip.flv' -map '0:a:0?' -c copy -f flv rtmps://host:443/app/sk_…6789",
    );
  });

  it("names the certificate by which RTMPS on this machine is known", () => {
    const certificate = "/person/guest/rtmps.pem";
    const secure = ffmpegLine([], { url: "rtmps://127.0.0.1:1936/app", streamKey, certificate }, shorten);
    expect(secure).toBe("ffmpeg -tls_verify 1 -ca_file rtmps.pem rtmps://127.0.0.1:1936/app/sk_…6789");
    const plain = ffmpegLine([], { url: "rtmp://127.0.0.1:1935/app", streamKey, certificate }, shorten);
    expect(plain).toBe("ffmpeg rtmp://127.0.0.1:1935/app/sk_…6789");
  });
});

describe("maskStreamKey", () => {
  it("shows the last four characters of a long key, and nothing of a short one", () => {
    expect(maskStreamKey(streamKey)).toBe("sk_…6789");
    expect(maskStreamKey("sk_short")).toBe("sk_…");
  });

  it("never shows more than four characters", () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        expect(maskStreamKey(key).replace("sk_…", "").length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
