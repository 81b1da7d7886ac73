import { expect, test } from "vitest";
import { lastAddress, readPlaylistEdge } from "#bench/support/playlist-edge.ts";
import type { MediaUnit } from "#local/media/access-unit.ts";
import { defaultLengths } from "#local/media/hls/cut.ts";
import { mediaPlaylist } from "#local/media/hls/media-playlist.ts";
import { createSegmenter } from "#local/media/hls/segmenter.ts";
import { configurations, pictures } from "../../local/media/fixture/units.ts";

const begins = Date.parse("2026-01-01T00:00:00.000Z");

const playlistOf = (units: readonly MediaUnit[]): string => {
  const segmenter = createSegmenter({ now: () => begins });
  for (const unit of [...configurations, ...units]) segmenter.write(unit);
  return mediaPlaylist({ segments: segmenter.segments, lengths: defaultLengths, ended: false });
};

test("asks for the part after the newest one of the segment in progress", () => {
  const edge = readPlaylistEdge(playlistOf(pictures({ seconds: 4.64 })));
  expect([edge.sequence, edge.nextPart]).toEqual([2, 2]);
  expect(edge.parts.slice(-3)).toEqual(["part-17.ts", "part-18.ts", "part-19.ts"]);
});

test("asks for the first part of a segment that has none yet", () => {
  const edge = readPlaylistEdge(playlistOf(pictures({ seconds: 4.04 })));
  expect([edge.sequence, edge.nextPart]).toEqual([2, 0]);
});

test("tells when the newest whole segment's last picture was due", () => {
  expect(readPlaylistEdge(playlistOf(pictures({ seconds: 4.04 }))).due - begins).toBe(4_000);
});

test("finds the address in a multivariant playlist", () => {
  expect(lastAddress("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nviewings/a/playlist.m3u8\n")).toBe(
    "viewings/a/playlist.m3u8",
  );
});
