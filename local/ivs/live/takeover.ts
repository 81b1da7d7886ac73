import type { StreamFormat } from "../../media/hls/segmenter.ts";

/** Priorities that an encoder may put behind the stream key, `?priority=7` (user guide, EventBridge events). */
const LOWEST_PRIORITY = 1;
const HIGHEST_PRIORITY = 2_147_483_647;

/** Of an encoder that names none, or none that counts. */
export const NO_PRIORITY = 0;

/** Why an encoder may not take over, as Stream Takeover Failure says it. */
export type TakeoverCode = "StreamTakeoverInvalidPriority" | "StreamTakeoverMediaMismatch";

export const priorityOf = (query: URLSearchParams): number => {
  const text = query.get("priority") ?? "";
  const priority = /^\d{1,10}$/.test(text) ? Number(text) : NO_PRIORITY;
  return priority >= LOWEST_PRIORITY && priority <= HIGHEST_PRIORITY ? priority : NO_PRIORITY;
};

/** Whether an encoder may take a stream over from another; the same priority is not enough. */
export const mayTakeOver = (challenger: number, current: number): boolean => challenger > current;

/** Whether a stream can go on with what another encoder sends: codecs and size stay. */
export const isSameMedia = (one: StreamFormat, other: Pick<StreamFormat, "video">): boolean =>
  one.video.width === other.video.width &&
  one.video.height === other.video.height &&
  one.video.codec.slice(0, 4) === other.video.codec.slice(0, 4);
