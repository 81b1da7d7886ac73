import type { AudioUnit, VideoUnit } from "../access-unit.ts";

/** What can be done with a unit: show it at these times, leave it out, or begin anew because the clock jumped. */
export type Placed<Unit> = { readonly unit: Unit } | "dropped" | "jumped";

/** Puts an encoder's times onto media time, which never goes backwards. */
export interface Timeline {
  place<Unit extends VideoUnit | AudioUnit>(unit: Unit): Placed<Unit>;
}

/** Further back than audio and video are ever apart, in milliseconds. */
const LARGEST_STEP_BACK = 1_000;
/** Longer than any pause that a stall of the network makes, in milliseconds. */
const LARGEST_STEP_FORWARD = 10_000;
/** Between two pictures that the encoder gave the same time, in milliseconds. */
const SMALLEST_STEP = 1;
/** A composition time beyond this, in milliseconds, is not one. */
const LARGEST_COMPOSITION = 5_000;

/**
 * A timeline on which `origin` of the encoder's clock is `begin` of media time. Small steps back, which encoders make
 * when they round, are held; a large step means that the encoder's clock was set anew.
 */
export const createTimeline = (origin: number, begin: number): Timeline => {
  const last = { video: Number.NEGATIVE_INFINITY, audio: Number.NEGATIVE_INFINITY };
  return {
    place(unit) {
      const dts = unit.dts - origin + begin;
      const latest = Math.max(last.video, last.audio, begin);
      if (dts < last[unit.kind] - LARGEST_STEP_BACK || dts > latest + LARGEST_STEP_FORWARD) return "jumped";
      if (dts < begin) return dts < begin - LARGEST_STEP_BACK ? "jumped" : "dropped";
      const held = Math.max(dts, last[unit.kind] + SMALLEST_STEP);
      last[unit.kind] = held;
      const composition = Math.min(Math.max(unit.pts - unit.dts, 0), LARGEST_COMPOSITION);
      return { unit: { ...unit, dts: held, pts: held + composition } };
    },
  };
};
