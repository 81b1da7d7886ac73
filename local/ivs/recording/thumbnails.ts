import type { Shapes } from "../../service-model/generated/ivs.types.ts";

/** Makes a JPEG of the first picture; undefined where that cannot be done now. */
export type Thumbnailer = (segment: Buffer) => Promise<Buffer | undefined>;

/** As the API reference has it. */
const DEFAULT_INTERVAL_SECONDS = 60;
/** Thumbnails that may wait, of all channels; a further one is left out. */
const MOST_WAITING = 8;

/** One thumbnail after the other, so that recording many channels takes no more of the machine. Failures are told once. */
export const createThumbnailer = (
  make: (segment: Buffer) => Promise<Buffer>,
  report: (line: string) => void,
): Thumbnailer => {
  let tail: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isReported = false;

  const tell = (error: unknown): undefined => {
    if (!isReported) report(`Thumbnails cannot be made: ${(error as Error).message}`);
    isReported = true;
  };

  return (segment) => {
    if (waiting >= MOST_WAITING) return Promise.resolve(undefined);
    waiting += 1;
    const made = tail
      .then(() => make(segment))
      .catch(tell)
      .finally(() => {
        waiting -= 1;
      });
    tail = made;
    return made;
  };
};

/** Whether a thumbnail is due at so many milliseconds of media time; asked with rising times. */
export const thumbnailSchedule = (configuration: Shapes["ThumbnailConfiguration"]): ((time: number) => boolean) => {
  if (configuration.recordingMode !== "INTERVAL") return () => false;
  const interval = (configuration.targetIntervalSeconds ?? DEFAULT_INTERVAL_SECONDS) * 1_000;
  let next = 0;
  return (time) => {
    if (time < next) return false;
    next = (Math.floor(time / interval) + 1) * interval;
    return true;
  };
};
