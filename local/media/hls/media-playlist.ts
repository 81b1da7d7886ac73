import type { CutLengths } from "./cut.ts";
import { durationOf, type Part, type Segment } from "./segment.ts";

export interface MediaPlaylistOptions {
  /** The newest segments, oldest first; at least one. The last may be in progress. */
  readonly segments: readonly Segment[];
  readonly lengths: CutLengths;
  /** No segment will follow. */
  readonly ended: boolean;
}

/** Whole segments that are listed; those before are still served for a while. */
const LISTED = 6;
/** Whole segments whose parts are listed besides those in progress: parts matter at the live edge only. */
const IN_PARTS = 2;

const segmentName = (sequence: number): string => `segment-${sequence}.ts`;
const partName = (number: number): string => `part-${number}.ts`;

const seconds = (value: number): string => String(Number(value.toFixed(5)));

const partLine = ({ number, duration, independent }: Part): string =>
  `#EXT-X-PART:DURATION=${seconds(duration)},URI="${partName(number)}"${independent ? ",INDEPENDENT=YES" : ""}`;

const segmentLines = (segment: Segment, withParts: boolean): string[] => {
  const { discontinuity, startTime, parts, complete, sequence } = segment;
  return [
    ...(discontinuity ? ["#EXT-X-DISCONTINUITY"] : []),
    `#EXT-X-PROGRAM-DATE-TIME:${new Date(startTime).toISOString()}`,
    ...(withParts ? parts.map(partLine) : []),
    ...(complete ? [`#EXTINF:${seconds(durationOf(segment))},live`, segmentName(sequence)] : []),
  ];
};

/** The number that the next part will have. */
const nextPart = (segments: readonly Segment[]): number => {
  const last = segments.findLast(({ parts }) => parts.length > 0)?.parts.at(-1);
  return last === undefined ? 0 : last.number + 1;
};

/** The segment in progress and the one after it, which a player may ask for before it begins. */
const upcoming = (segments: readonly Segment[]): number[] => {
  const last = segments.at(-1);
  if (last === undefined) return [];
  return last.complete ? [last.sequence + 1] : [last.sequence, last.sequence + 1];
};

/** Grows where an encoder sends keyframes more rarely than it should: no segment may be longer. */
const targetDuration = (whole: readonly Segment[], lengths: CutLengths): number =>
  Math.max(Math.ceil(lengths.segment / 1_000), ...whole.map((segment) => Math.round(durationOf(segment))));

/**
 * The media playlist, in one form for all: low-latency players find parts, a hint at the next one and blocking reload
 * (RFC 8216bis); the official player passes over those and finds the segments to come as PREFETCH; others find segments.
 */
export const mediaPlaylist = ({ segments, lengths, ended }: MediaPlaylistOptions): string => {
  const whole = segments.filter(({ complete }) => complete).slice(-LISTED);
  const current = segments.find(({ complete }) => !complete);
  const listed = current === undefined ? whole : [...whole, current];
  const [first] = listed;
  const part = lengths.part / 1_000;
  const withoutParts = listed.length - IN_PARTS - 1;
  // A discontinuity of the first one listed is shown by its own tag.
  const before = (first?.discontinuitySequence ?? 0) - (first?.discontinuity ? 1 : 0);
  const edge = ended
    ? ["#EXT-X-ENDLIST"]
    : [
        `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${partName(nextPart(segments))}"`,
        ...upcoming(segments).map((sequence) => `#EXT-X-PREFETCH:${segmentName(sequence)}`),
      ];
  return [
    "#EXTM3U",
    "#EXT-X-VERSION:9",
    `#EXT-X-TARGETDURATION:${targetDuration(whole, lengths)}`,
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${seconds(part * 3)}`,
    `#EXT-X-PART-INF:PART-TARGET=${seconds(part)}`,
    `#EXT-X-MEDIA-SEQUENCE:${first?.sequence ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${before}`,
    ...listed.flatMap((segment, index) => segmentLines(segment, !ended && index >= withoutParts)),
    ...edge,
    "",
  ].join("\n");
};
