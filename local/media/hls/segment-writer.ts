import type { AudioUnit, VideoUnit } from "../access-unit.ts";
import { METADATA_DESCRIPTION, textTag } from "../id3/text-tag.ts";
import type { Muxer, MuxerContent } from "../mpeg-ts/muxer.ts";
import type { Part, Segment } from "./segment.ts";

/** How a segment begins. */
export interface SegmentStart {
  readonly sequence: number;
  readonly discontinuity: boolean;
  readonly discontinuitySequence: number;
  readonly startTime: number;
  /** Milliseconds of media time. */
  readonly time: number;
  readonly independent: boolean;
  /** Of its first part. */
  readonly partNumber: number;
}

/** A segment that is being filled; times are milliseconds of media time. */
export interface SegmentWriter {
  readonly segment: Segment;
  readonly start: number;
  readonly partStart: number;
  readonly frames: number;
  video(unit: VideoUnit): void;
  audio(unit: AudioUnit): void;
  /** From here on the segment declares timed metadata. */
  metadata(text: string, time: number): void;
  /** Ends the part that is being filled, and begins another. */
  nextPart(time: number, independent: boolean): void;
  /** Ends the last part and the segment. */
  finish(time: number): void;
}

/**
 * Begins a segment. Timed metadata is declared only in segments that carry some, from the first text on: the official
 * player waits for ever for the first packet of a stream that is declared and silent.
 */
export const beginSegment = (
  muxer: Muxer,
  content: Omit<MuxerContent, "metadata">,
  options: SegmentStart,
): SegmentWriter => {
  const { sequence, discontinuity, discontinuitySequence, startTime, time } = options;
  const parts: Part[] = [];
  const segment = { sequence, discontinuity, discontinuitySequence, startTime, parts, complete: false };
  let metadata = false;
  let frames = 0;
  let partStart = time;
  let independent = options.independent;
  muxer.tables({ ...content, metadata });

  const endPart = (end: number): void => {
    const number = options.partNumber + parts.length;
    parts.push({ number, duration: (end - partStart) / 1_000, independent, data: muxer.take() });
  };

  return {
    segment,
    start: time,
    get partStart() {
      return partStart;
    },
    get frames() {
      return frames;
    },
    video(unit) {
      frames += 1;
      muxer.video(unit);
    },
    audio: muxer.audio,
    metadata(text, at) {
      if (!metadata) muxer.tables({ ...content, metadata: true });
      metadata = true;
      muxer.metadata(textTag({ description: METADATA_DESCRIPTION, text }), at);
    },
    nextPart(at, beginsWithKeyframe) {
      endPart(at);
      partStart = at;
      independent = beginsWithKeyframe;
      muxer.tables({ ...content, metadata });
    },
    finish(at) {
      endPart(at);
      segment.complete = true;
    },
  };
};
