import type { AudioUnit, MediaUnit, VideoUnit } from "../access-unit.ts";
import type { AudioConfiguration } from "../flv/audio-configuration.ts";
import type { VideoConfiguration } from "../flv/video-configuration.ts";
import { createMuxer } from "../mpeg-ts/muxer.ts";
import { type CutLengths, cut, defaultLengths } from "./cut.ts";
import type { Segment } from "./segment.ts";
import { beginSegment, type SegmentWriter } from "./segment-writer.ts";
import { createTimeline, type Timeline } from "./timeline.ts";

export interface SegmenterOptions {
  /** Milliseconds since 1970. @default the system's clock */
  readonly now?: () => number;
  /** @default segments of 2 s, 10 s at most, parts of 0.25 s */
  readonly lengths?: Partial<CutLengths>;
  /** How many whole segments are kept in memory. @default 9 */
  readonly kept?: number;
  /** Told after each part and segment, and at the end. */
  readonly onChange?: () => void;
  /** Told of each whole segment, in order. */
  readonly onSegment?: (segment: Segment, format: StreamFormat) => void;
}

/** What the stream is at the moment. */
export interface StreamFormat {
  readonly video: VideoConfiguration;
  readonly audio?: AudioConfiguration | undefined;
  /** Frames per second of the last whole segment; undefined before there is one. */
  readonly frameRate?: number | undefined;
}

/** Cuts one stream into segments and parts. */
export interface Segmenter {
  /** The newest segments, oldest first; the last one may still grow. */
  readonly segments: readonly Segment[];
  readonly format: StreamFormat | undefined;
  readonly ended: boolean;
  write(unit: MediaUnit): void;
  /** Goes into the stream with the next picture, as timed metadata. */
  metadata(text: string): void;
  /** The encoder is gone and may come back: what comes next begins a segment after a discontinuity. */
  interrupt(): void;
  end(): void;
}

/** Shown for this long where the encoder sent one picture only, in milliseconds. */
const FIRST_FRAME = 33;

/** The current stretch of unbroken time, and the segment in it that is being filled. */
interface Stretch {
  readonly timeline: Timeline;
  /** Wall-clock time less media time at the first picture: all segments go by it, so that their times do not jitter. */
  readonly clockOffset: number;
  writer: SegmentWriter;
  /** Decoding time of the last picture, and how long it is shown. */
  last: { readonly time: number; readonly frame: number };
}

/** A segmenter for one stream of H.264 and AAC. Before the first keyframe everything is left out. */
export const createSegmenter = (options: SegmenterOptions = {}): Segmenter => {
  const { now = Date.now, kept = 9, onChange = () => {}, onSegment = () => {} } = options;
  const lengths = { ...defaultLengths, ...options.lengths };
  const muxer = createMuxer();
  const texts: string[] = [];
  const segments: Segment[] = [];
  let video: VideoConfiguration | undefined;
  let audio: AudioConfiguration | undefined;
  let frameRate: number | undefined;
  let stretch: Stretch | undefined;
  /** Where the next stretch begins: right after the last one, since some players cannot go back or jump. */
  let mediaTime = 0;
  let sequence = 0;
  let partNumber = 0;
  let discontinuities = 0;
  let ended = false;

  const format = (): StreamFormat | undefined => (video === undefined ? undefined : { video, audio, frameRate });

  const begin = (configuration: VideoConfiguration, clockOffset: number, time: number, keyframe: boolean) => {
    const discontinuity = stretch === undefined && sequence > 0;
    if (discontinuity) discontinuities += 1;
    const writer = beginSegment(
      muxer,
      { video: configuration, audio },
      {
        ...{ sequence, discontinuity, discontinuitySequence: discontinuities },
        ...{ startTime: clockOffset + time, time, independent: keyframe, partNumber },
      },
    );
    sequence += 1;
    segments.push(writer.segment);
    return writer;
  };

  const finish = (writer: SegmentWriter, time: number) => {
    writer.finish(time);
    partNumber += writer.segment.parts.length;
    frameRate = (writer.frames * 1_000) / Math.max(time - writer.start, 1);
    while (segments.length > kept) segments.shift();
    const current = format();
    if (current) onSegment(writer.segment, current);
  };

  /** Ends what is being filled, so that what follows begins anew. */
  const interrupt = () => {
    if (stretch === undefined) return;
    mediaTime = stretch.last.time + stretch.last.frame;
    finish(stretch.writer, mediaTime);
    stretch = undefined;
    onChange();
  };

  const start = (unit: VideoUnit, configuration: VideoConfiguration) => {
    const clockOffset = now() - mediaTime;
    const timeline = createTimeline(unit.dts, mediaTime);
    const writer = begin(configuration, clockOffset, mediaTime, true);
    stretch = { timeline, clockOffset, writer, last: { time: mediaTime, frame: FIRST_FRAME } };
  };

  const cutBefore = (current: Stretch, configuration: VideoConfiguration, { dts: time, keyframe }: VideoUnit) => {
    const { writer } = current;
    const { frame } = current.last;
    const point = { segmentStart: writer.start, partStart: writer.partStart, time, frame, keyframe };
    const where = cut(point, lengths);
    if (where === undefined || time === writer.start) return;
    if (where === "part") writer.nextPart(time, keyframe);
    else {
      finish(writer, time);
      current.writer = begin(configuration, current.clockOffset, time, keyframe);
    }
    onChange();
  };

  const writeVideo = (unit: VideoUnit): void => {
    if (video === undefined) return;
    if (stretch === undefined && unit.keyframe) start(unit, video);
    if (stretch === undefined) return;
    const placed = stretch.timeline.place(unit);
    if (placed === "jumped") {
      interrupt();
      writeVideo(unit);
    }
    if (placed === "jumped" || placed === "dropped") return;
    cutBefore(stretch, video, placed.unit);
    const { dts: time } = placed.unit;
    for (const text of texts.splice(0)) stretch.writer.metadata(text, time);
    stretch.writer.video(placed.unit);
    // A pause is no frame rate: the next picture is expected as soon as before.
    const frame = time - stretch.last.time;
    stretch.last = { time, frame: frame > 0 && frame <= lengths.part ? frame : stretch.last.frame };
  };

  const writeAudio = (unit: AudioUnit): void => {
    const placed = stretch?.timeline.place(unit);
    if (stretch === undefined || placed === undefined || placed === "dropped") return;
    // Sound without pictures would fill the memory, as only pictures end a part.
    if (placed === "jumped" || placed.unit.dts - stretch.last.time > lengths.longestSegment) interrupt();
    else stretch.writer.audio(placed.unit);
  };

  /** Parameters that differ begin a new stretch, since a decoder must be set up for them; the same ones, sent again, do not. */
  const configure = <Configuration extends { readonly record: Buffer }>(
    old: Configuration | undefined,
    next: Configuration,
  ) => {
    if (old !== undefined && !old.record.equals(next.record)) interrupt();
    return next;
  };

  return {
    segments,
    get format() {
      return format();
    },
    get ended() {
      return ended;
    },
    write(unit) {
      if (ended) return;
      if (unit.kind === "video") writeVideo(unit);
      else if (unit.kind === "audio") writeAudio(unit);
      else if (unit.kind === "video-configuration") video = configure(video, unit.configuration);
      else audio = configure(audio, unit.configuration);
    },
    metadata: (text) => texts.push(text),
    interrupt,
    end() {
      interrupt();
      ended = true;
      onChange();
    },
  };
};
