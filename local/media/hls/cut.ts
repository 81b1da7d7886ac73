/** Lengths by which a stream is cut, in milliseconds. */
export interface CutLengths {
  /** What a segment aims at. @default 2000 */
  readonly segment: number;
  /** No segment is longer than this, whatever the encoder does. @default 10000 */
  readonly longestSegment: number;
  /** No part is longer than this. @default 250 */
  readonly part: number;
}

export const defaultLengths: CutLengths = { segment: 2_000, longestSegment: 10_000, part: 250 };

/** Where the stream stands when a picture arrives; times are milliseconds of media time. */
export interface CutPoint {
  readonly segmentStart: number;
  readonly partStart: number;
  /** The picture that arrives. */
  readonly time: number;
  /** How long a picture is shown, as far as is known. */
  readonly frame: number;
  readonly keyframe: boolean;
}

/** A keyframe this much before the aim ends a segment: encoders round, and keyframes come early at a change of scene. */
const EARLY = 0.75;

/**
 * Whether a new segment or a new part begins with this picture. Segments begin with keyframes; where none comes for the
 * longest time, the segment ends without one, so that the playlist goes on.
 */
export const cut = (point: CutPoint, lengths: CutLengths): "segment" | "part" | undefined => {
  const { segmentStart, partStart, time, frame, keyframe } = point;
  if (keyframe && time - segmentStart >= lengths.segment * EARLY) return "segment";
  if (time + frame - segmentStart > lengths.longestSegment) return "segment";
  // A keyframe within a segment begins a part, at which a player may join.
  return keyframe || time + frame - partStart > lengths.part ? "part" : undefined;
};
