import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channelPath, playlistPath, readPath } from "#local/media/origin/paths.ts";

describe("a playback address", () => {
  it("names a channel as the service's addresses do", () => {
    const path = channelPath("us-west-2", "111122223333", "AbCdEf123456");
    expect(path).toBe("/api/video/v1/us-west-2.111122223333.channel.AbCdEf123456.m3u8");
    const channelArn = "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456";
    expect(readPath(path)).toEqual({ kind: "multivariant", channelArn });
  });

  it("names a viewing's playlist, a segment and a part", () => {
    const below = "/api/video/v1/viewings/a-B_9";
    expect(readPath(`/api/video/v1/${playlistPath("a-B_9")}`)).toEqual({ kind: "playlist", viewing: "a-B_9" });
    expect(readPath(`${below}/segment-12.ts`)).toEqual({ kind: "segment", viewing: "a-B_9", sequence: 12 });
    expect(readPath(`${below}/part-7.ts`)).toEqual({ kind: "part", viewing: "a-B_9", number: 7 });
  });

  it.each([
    "/api/video/v1/viewings/a/../../../../etc/passwd",
    "/api/video/v1/viewings/a/..%2f..%2fetc%2fpasswd",
    "/api/video/v1/viewings/../viewings/a/playlist.m3u8",
    "/api/video/v1/viewings/%2e%2e/playlist.m3u8",
    "/api/video/v1/viewings/a/segment--1.ts",
    "/api/video/v1/viewings/a/segment-1e3.ts",
    "/api/video/v1/viewings/a/segment-9999999999999999999.ts",
    "/api/video/v1/viewings/a/playlist.m3u8/",
    "/api/video/v1/viewings//playlist.m3u8",
    "/api/video/v1/us-west-2.1.channel.AbCdEf123456.m3u8",
    "/api/video/v1/us-west-2.111122223333.channel.../x.m3u8",
    "/api/video/v1/",
  ])("is not %s", (path) => {
    expect(readPath(path)).toEqual({ kind: "unknown" });
  });

  it.each(["/", "/api/video/v2/x", "/API/video/v1/x", "/bucket/api/video/v1/x"])("leaves %s to others", (path) => {
    expect(readPath(path)).toBeUndefined();
  });

  it("is never read from bytes that climb, hide or end early", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const path = readPath(`/api/video/v1/${text}`);
        if (path?.kind !== "unknown") expect(text).not.toMatch(/[%\\\0]|\.\./);
      }),
    );
  });
});
