import { type CutLengths, defaultLengths } from "../hls/cut.ts";
import type { Part, Segment } from "../hls/segment.ts";
import { createSegmenter, type Segmenter, type SegmenterOptions } from "../hls/segmenter.ts";

/** A stream that is cut as it comes in, and waited for by those who watch it. */
export interface LiveStream {
  readonly segmenter: Segmenter;
  readonly lengths: CutLengths;
  readonly wholeSegments: readonly Segment[];
  segment(sequence: number): Segment | undefined;
  part(number: number): Part | undefined;
  /**
   * Waits until something holds; gives up at the end of the stream, and when it takes too long.
   * @param patience milliseconds. @default three target durations, as RFC 8216bis has it
   */
  until(holds: () => boolean, patience?: number): Promise<void>;
}

const PATIENCE = 3;

export const createLiveStream = (options: Omit<SegmenterOptions, "onChange">): LiveStream => {
  const lengths = { ...defaultLengths, ...options.lengths };
  const waiting = new Set<() => void>();
  const segmenter = createSegmenter({
    ...options,
    onChange: () => {
      for (const look of [...waiting]) look();
    },
  });
  const { segments } = segmenter;

  return {
    segmenter,
    lengths,
    get wholeSegments() {
      return segments.filter(({ complete }) => complete);
    },
    segment: (sequence) => segments.find((segment) => segment.sequence === sequence),
    part: (number) => segments.flatMap(({ parts }) => parts).find((part) => part.number === number),
    until: (holds, patience = lengths.segment * PATIENCE) =>
      new Promise((resolve) => {
        const done = (): void => {
          waiting.delete(look);
          clearTimeout(timer);
          resolve();
        };
        const look = (): void => {
          if (holds() || segmenter.ended) done();
        };
        const timer = setTimeout(done, patience).unref();
        waiting.add(look);
        look();
      }),
  };
};
