import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MediaFile } from "#local/ivs/recording/media-file.ts";
import { byteRangePlaylist, filePlaylist, masterPlaylist } from "#local/ivs/recording/playlists.ts";
import { START } from "./fixture.ts";

const FILES: readonly MediaFile[] = [
  { startTime: START, discontinuity: false, pieces: [[1_000, 2_000]] },
  {
    ...{ startTime: START + 9_000, discontinuity: true },
    pieces: [
      [500, 1_001],
      [700, 999],
    ],
  },
];

describe("the media playlist", () => {
  it("has an entry for each file, and what breaks between them", () => {
    expect(filePlaylist(FILES, true).split("\n")).toEqual([
      "#EXTM3U",
      "#EXT-X-VERSION:4",
      "#EXT-X-TARGETDURATION:10",
      "#EXT-X-MEDIA-SEQUENCE:0",
      "#EXT-X-PLAYLIST-TYPE:VOD",
      "#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:05.678Z",
      "#EXTINF:2.000,",
      "0.ts",
      "#EXT-X-DISCONTINUITY",
      "#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:14.678Z",
      "#EXTINF:2.000,",
      "1.ts",
      "#EXT-X-ENDLIST",
      "",
    ]);
  });

  it("is open to more until the recording has ended", () => {
    const lines = filePlaylist(FILES, false).split("\n");
    expect(lines).toContain("#EXT-X-PLAYLIST-TYPE:EVENT");
    expect(lines).not.toContain("#EXT-X-ENDLIST");
  });

  it("has an entry for each keyframe's bytes in the form with byte ranges", () => {
    expect(byteRangePlaylist(FILES, true).split("\n").slice(5, -2)).toEqual([
      "#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:05.678Z",
      "#EXTINF:2.000,",
      "#EXT-X-BYTERANGE:1000@0",
      "0.ts",
      "#EXT-X-DISCONTINUITY",
      "#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:14.678Z",
      "#EXTINF:1.001,",
      "#EXT-X-BYTERANGE:500@0",
      "1.ts",
      "#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:15.679Z",
      "#EXTINF:0.999,",
      "#EXT-X-BYTERANGE:700@500",
      "1.ts",
    ]);
  });
});

it("the multivariant playlist tells the rendition, its peak and its average", () => {
  const rendition = { width: 1280, height: 720, frameRate: 29.97, codecs: "avc1.64001F,mp4a.40.2", bitsPerSecond: 1 };
  expect(masterPlaylist(rendition, FILES, "playlist.m3u8").split("\n")).toEqual([
    "#EXTM3U",
    "#EXT-X-VERSION:4",
    '#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID="720p30",NAME="720p30",AUTOSELECT=YES,DEFAULT=YES',
    "#EXT-X-STREAM-INF:BANDWIDTH=4800,AVERAGE-BANDWIDTH=4400,RESOLUTION=1280x720," +
      'CODECS="avc1.64001F,mp4a.40.2",VIDEO="720p30",FRAME-RATE=29.970',
    "720p30/playlist.m3u8",
    "",
  ]);
});

const pieces = fc.array(fc.tuple(fc.integer({ min: 188, max: 1e7 }), fc.integer({ min: 1, max: 10_000 })), {
  minLength: 1,
  maxLength: 10,
});
const files = fc.array(
  fc.record({ startTime: fc.integer({ min: 0, max: 4e12 }), discontinuity: fc.boolean(), pieces }),
  {
    minLength: 1,
    maxLength: 30,
  },
);

/** What stands behind a tag, wherever it occurs. */
const valuesOf = (playlist: string, tag: string): string[] =>
  playlist.split("\n").flatMap((line) => (line.startsWith(`#${tag}:`) ? [line.slice(tag.length + 2)] : []));
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const namesOf = (playlist: string) => playlist.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

describe("any recording", () => {
  it.each([
    ["files", filePlaylist],
    ["byte ranges", byteRangePlaylist],
  ])("keeps its time, its breaks and the target duration in the playlist of %s", (_, write) => {
    fc.assert(
      fc.property(files, fc.boolean(), (recorded, ended) => {
        const playlist = write(recorded, ended);
        const durations = valuesOf(playlist, "EXTINF").map((text) => Math.round(Number.parseFloat(text) * 1_000));
        expect(sum(durations)).toBe(sum(recorded.flatMap(({ pieces }) => pieces.map(([, duration]) => duration))));
        const target = Number(valuesOf(playlist, "EXT-X-TARGETDURATION")[0]);
        expect(durations.every((duration) => Math.round(duration / 1_000) <= target)).toBe(true);
        const breaks = playlist.split("\n").filter((line) => line === "#EXT-X-DISCONTINUITY");
        expect(breaks).toHaveLength(recorded.filter(({ discontinuity }) => discontinuity).length);
        expect(new Set(namesOf(playlist))).toEqual(new Set(recorded.map((_, index) => `${index}.ts`)));
        expect(playlist.endsWith("#EXT-X-ENDLIST\n")).toBe(ended);
        expect(valuesOf(playlist, "EXT-X-PROGRAM-DATE-TIME")).toHaveLength(durations.length);
      }),
    );
  });

  it("has every byte of its files in one range", () => {
    fc.assert(
      fc.property(files, (recorded) => {
        const playlist = byteRangePlaylist(recorded, true);
        const ends = new Map<string, number>();
        const ranges = valuesOf(playlist, "EXT-X-BYTERANGE").map((text) => text.split("@").map(Number));
        namesOf(playlist).forEach((name, index) => {
          const [bytes = 0, offset] = ranges[index] ?? [];
          expect(offset).toBe(ends.get(name) ?? 0);
          ends.set(name, (ends.get(name) ?? 0) + bytes);
        });
        expect([...ends.values()]).toEqual(recorded.map(({ pieces }) => sum(pieces.map(([bytes]) => bytes))));
      }),
    );
  });
});
