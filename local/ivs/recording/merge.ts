import type { Rendition } from "./rendition.ts";

/** What a recording has gathered so far, as far as it matters for another stream. */
export interface Merged {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly streamIds: readonly string[];
  /** Of its first stream. */
  readonly rendition: Rendition;
}

const MOST_STREAMS = 20;
const LONGEST = 48 * 60 * 60 * 1_000;
/** Share of the first stream's bit rate. */
const LARGEST_DIFFERENCE = 0.5;

/**
 * Whether a stream may go on in a recording (user guide, Merge Fragmented Streams). Bit rates are compared by the first
 * segment of either stream, codecs with profile and level; how the service measures them is unverified.
 */
export const mayMerge = ({ startedAt, streamIds, rendition }: Merged, next: Rendition, now: number): boolean =>
  streamIds.length < MOST_STREAMS &&
  now - startedAt < LONGEST &&
  next.width === rendition.width &&
  next.height === rendition.height &&
  next.frameRate === rendition.frameRate &&
  next.codecs === rendition.codecs &&
  Math.abs(next.bitsPerSecond - rendition.bitsPerSecond) <= rendition.bitsPerSecond * LARGEST_DIFFERENCE;
