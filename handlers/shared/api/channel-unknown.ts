import { Problem } from "./problem.ts";

/** @param name as the path's rule gives it, so that it can be repeated */
export const channelUnknown = (name: string): Problem =>
  new Problem(404, "CHANNEL_UNKNOWN", "There is no such channel.", `There is no channel "${name}".`);
