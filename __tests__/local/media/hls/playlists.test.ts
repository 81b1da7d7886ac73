import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultLengths } from "#local/media/hls/cut.ts";
import { mediaPlaylist } from "#local/media/hls/media-playlist.ts";
import { multivariantPlaylist } from "#local/media/hls/multivariant-playlist.ts";
import type { Segment } from "#local/media/hls/segment.ts";
import { AUDIO, VIDEO } from "../fixture/units.ts";

const START = Date.UTC(2026, 0, 2, 3, 4, 5);

interface Made {
  /** Milliseconds of each part. */
  readonly parts: readonly number[];
  readonly discontinuity?: boolean;
  readonly complete?: boolean;
}

/** Segments of parts of these lengths, numbered as a segmenter does; each part has 1000 bytes. */
const segmentsOf = (made: readonly Made[]): Segment[] => {
  let [number, discontinuitySequence, time] = [0, 0, START];
  return made.map(({ parts, discontinuity = false, complete = true }, sequence) => {
    if (discontinuity) discontinuitySequence += 1;
    const startTime = time;
    time += parts.reduce((sum, length) => sum + length, 0);
    return {
      ...{ sequence, discontinuity, discontinuitySequence, startTime, complete },
      parts: parts.map((length, index) => ({
        number: number++,
        duration: length / 1_000,
        independent: index === 0,
        data: Buffer.alloc(1_000),
      })),
    };
  });
};

const write = (made: readonly Made[], ended = false): string[] =>
  mediaPlaylist({ segments: segmentsOf(made), lengths: defaultLengths, ended }).split("\n");

const second = { parts: [250, 250, 250, 250] };

describe("the media playlist", () => {
  it("tells segments, parts at the live edge, what comes next, and when it was recorded", () => {
    expect(
      write([{ parts: [250, 250] }, { parts: [250, 225], discontinuity: true }, { parts: [250], complete: false }]),
    ).toEqual([
      "#EXTM3U",
      "#EXT-X-VERSION:9",
      "#EXT-X-TARGETDURATION:2",
      "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.75",
      "#EXT-X-PART-INF:PART-TARGET=0.25",
      "#EXT-X-MEDIA-SEQUENCE:0",
      "#EXT-X-DISCONTINUITY-SEQUENCE:0",
      "#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:05.000Z",
      '#EXT-X-PART:DURATION=0.25,URI="part-0.ts",INDEPENDENT=YES',
      '#EXT-X-PART:DURATION=0.25,URI="part-1.ts"',
      "#EXTINF:0.5,live",
      "segment-0.ts",
      "#EXT-X-DISCONTINUITY",
      "#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:05.500Z",
      '#EXT-X-PART:DURATION=0.25,URI="part-2.ts",INDEPENDENT=YES',
      '#EXT-X-PART:DURATION=0.225,URI="part-3.ts"',
      "#EXTINF:0.475,live",
      "segment-1.ts",
      "#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:05.975Z",
      '#EXT-X-PART:DURATION=0.25,URI="part-4.ts",INDEPENDENT=YES',
      '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-5.ts"',
      "#EXT-X-PREFETCH:segment-2.ts",
      "#EXT-X-PREFETCH:segment-3.ts",
      "",
    ]);
  });

  it("ends with ENDLIST, without parts and without anything to come", () => {
    const lines = write([second, second], true);
    expect(lines.slice(-2)).toEqual(["#EXT-X-ENDLIST", ""]);
    expect(lines.filter((line) => /PART:|PRELOAD|PREFETCH/.test(line))).toEqual([]);
  });

  it("announces one segment only while the encoder is away", () => {
    expect(write([second, second]).filter((line) => line.includes("PREFETCH"))).toEqual([
      "#EXT-X-PREFETCH:segment-2.ts",
    ]);
  });

  it("lists the six newest segments, and the parts of the last two of them", () => {
    const lines = write([...Array<Made>(9).fill(second), { parts: [], complete: false }]);
    expect(lines).toContain("#EXT-X-MEDIA-SEQUENCE:3");
    expect(lines.filter((line) => line.startsWith("segment-"))).toHaveLength(6);
    expect(lines.findIndex((line) => line.startsWith("#EXT-X-PART:"))).toBeGreaterThan(lines.indexOf("segment-6.ts"));
    expect(lines.filter((line) => line.startsWith("#EXT-X-PART:"))).toHaveLength(8);
    expect(lines).toContain('#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-36.ts"');
  });

  it("has a target duration that no segment exceeds", () => {
    expect(write([second, { parts: [8_333] }, second])).toContain("#EXT-X-TARGETDURATION:8");
  });

  it("gives every segment the same discontinuity number at every moment", () => {
    const numbers = (made: readonly Made[]): Map<string, number> => {
      const found = new Map<string, number>();
      let number = Number.NaN;
      for (const line of write(made)) {
        if (line.startsWith("#EXT-X-DISCONTINUITY-SEQUENCE:")) number = Number(line.split(":")[1]);
        if (line === "#EXT-X-DISCONTINUITY") number += 1;
        if (line.startsWith("segment-")) found.set(line, number);
      }
      return found;
    };
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (flags) => {
        const made = flags.map((flag, index) => ({ ...second, discontinuity: flag && index > 0 }));
        const seen = new Map<string, number>();
        for (let length = 1; length <= made.length; length += 1) {
          for (const [name, number] of numbers(made.slice(0, length))) {
            expect(number).toBe(seen.get(name) ?? number);
            seen.set(name, number);
          }
        }
      }),
    );
  });
});

describe("the multivariant playlist", () => {
  const [segment] = segmentsOf([second]);
  const [fast] = segmentsOf([{ parts: [250, 250] }, second]);
  const options = {
    segments: [segment, fast].filter((one) => one !== undefined),
    uri: "viewings/x/playlist.m3u8",
    now: START,
  };

  it("offers one rendition, the encoder's own, measured by what was sent", () => {
    const format = { video: VIDEO, audio: AUDIO, frameRate: 30 };
    expect(multivariantPlaylist({ ...options, format }).split("\n")).toEqual([
      "#EXTM3U",
      "#EXT-X-VERSION:9",
      '#EXT-X-SESSION-DATA:DATA-ID="SERVER-TIME",VALUE="1767323045.00"',
      '#EXT-X-SESSION-DATA:DATA-ID="FUTURE",VALUE="true"',
      '#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID="180p",NAME="180p",AUTOSELECT=YES,DEFAULT=YES',
      '#EXT-X-STREAM-INF:BANDWIDTH=32000,AVERAGE-BANDWIDTH=32000,RESOLUTION=320x180,CODECS="avc1.4D400D,mp4a.40.2",VIDEO="180p",FRAME-RATE=30.000',
      "viewings/x/playlist.m3u8",
      "",
    ]);
  });

  it("names no sound where there is none, and an unusual frame rate in the quality's name", () => {
    const text = multivariantPlaylist({ ...options, format: { video: VIDEO, frameRate: 59.94 } });
    expect(text).toContain('CODECS="avc1.4D400D",VIDEO="180p60",FRAME-RATE=59.940');
  });
});
