import type { VideoConfiguration } from "../../media/flv/video-configuration.ts";

/** Priorities that an encoder may put behind the stream key, `?priority=7` (user guide, EventBridge events). */
const LOWEST_PRIORITY = 1;
const HIGHEST_PRIORITY = 2_147_483_647;

/** Of an encoder that names none, or none that counts. */
const NO_PRIORITY = 0;

export const priorityOf = (query: URLSearchParams): number => {
  const text = query.get("priority") ?? "";
  const priority = /^\d{1,10}$/.test(text) ? Number(text) : NO_PRIORITY;
  return priority >= LOWEST_PRIORITY && priority <= HIGHEST_PRIORITY ? priority : NO_PRIORITY;
};

/** Whether an encoder may take a stream over from another; the same priority is not enough. */
export const mayTakeOver = (challenger: number, current: number): boolean => challenger > current;

/** Whether a stream can go on with what another encoder sends: codec and size stay. */
export const isSameMedia = (one: VideoConfiguration, other: VideoConfiguration): boolean =>
  one.width === other.width && one.height === other.height && one.codec.slice(0, 4) === other.codec.slice(0, 4);
