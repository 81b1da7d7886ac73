/** A piece of a segment that can be fetched before the segment is whole. Its bytes begin with the programme tables. */
export interface Part {
  /** Counts all parts of the stream, from 0: so the next part has an address before it is known which segment it is in. */
  readonly number: number;
  /** Seconds. */
  readonly duration: number;
  /** Whether it begins with a keyframe. */
  readonly independent: boolean;
  readonly data: Buffer;
}

/** A few seconds of a stream: MPEG-TS that begins with a keyframe, unless a very long time went by without one. */
export interface Segment {
  /** Media sequence number, from 0. */
  readonly sequence: number;
  /** Whether its time or its form does not continue those of the one before. */
  readonly discontinuity: boolean;
  /** Discontinuities before it and its own, since the stream began. */
  readonly discontinuitySequence: number;
  /** Wall-clock time of its first picture, in milliseconds since 1970. */
  readonly startTime: number;
  readonly parts: readonly Part[];
  /** Whether nothing will be added. */
  readonly complete: boolean;
}

/** Seconds, so far. */
export const durationOf = ({ parts }: Segment): number => parts.reduce((sum, { duration }) => sum + duration, 0);

/** Bytes, so far. */
export const bytesOf = ({ parts }: Segment): number => parts.reduce((sum, { data }) => sum + data.length, 0);
