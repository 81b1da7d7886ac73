import type { MediaUnit } from "../access-unit.ts";

/** How a stream arrives, over the last seconds. */
export interface Measurement {
  readonly videoBitsPerSecond: number;
  readonly audioBitsPerSecond: number;
  readonly framesPerSecond: number;
  /** Between the last two keyframes, in the stream's own time; undefined before the second. */
  readonly keyframeIntervalSeconds?: number;
  /** Since the last picture arrived, or since the meter was made: a stream is starving when this grows. */
  readonly secondsWithoutVideo: number;
}

/** Weighs a publication as it arrives: for health, metrics and the ingest configuration. */
export interface Meter {
  observe(unit: MediaUnit): void;
  measure(): Measurement;
}

interface Second {
  readonly number: number;
  videoBytes: number;
  audioBytes: number;
  frames: number;
}

/**
 * @param now milliseconds, never going backwards
 * @param windowSeconds whole seconds that a measurement looks back over, the running one left out
 * @default windowSeconds 5
 */
export const createMeter = (now: () => number, windowSeconds = 5): Meter => {
  const began = now();
  const seconds: Second[] = [];
  let lastVideo = began;
  let lastKeyframe: number | undefined;
  let keyframeInterval: number | undefined;

  const forget = (current: number): void => {
    while (seconds[0] && seconds[0].number < current - windowSeconds) seconds.shift();
  };
  const running = (): Second => {
    const number = Math.floor((now() - began) / 1000);
    const newest = seconds.at(-1);
    if (newest?.number === number) return newest;
    const next = { number, videoBytes: 0, audioBytes: 0, frames: 0 };
    seconds.push(next);
    forget(number);
    return next;
  };

  return {
    observe: (unit) => {
      if (unit.kind === "audio") running().audioBytes += unit.data.length;
      if (unit.kind !== "video") return;
      const second = running();
      second.videoBytes += unit.nalUnits.reduce((sum, { length }) => sum + length, 0);
      second.frames += 1;
      lastVideo = now();
      if (!unit.keyframe) return;
      if (lastKeyframe !== undefined) keyframeInterval = (unit.dts - lastKeyframe) / 1000;
      lastKeyframe = unit.dts;
    },
    measure: () => {
      const current = Math.floor((now() - began) / 1000);
      forget(current);
      const whole = seconds.filter(({ number }) => number < current);
      const span = Math.max(1, Math.min(windowSeconds, current));
      const perSecond = (amount: (second: Second) => number) =>
        whole.reduce((sum, second) => sum + amount(second), 0) / span;
      return {
        videoBitsPerSecond: perSecond(({ videoBytes }) => videoBytes * 8),
        audioBitsPerSecond: perSecond(({ audioBytes }) => audioBytes * 8),
        framesPerSecond: perSecond(({ frames }) => frames),
        ...(keyframeInterval === undefined ? {} : { keyframeIntervalSeconds: keyframeInterval }),
        secondsWithoutVideo: (now() - lastVideo) / 1000,
      };
    },
  };
};
