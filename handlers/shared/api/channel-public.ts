import { Problem } from "./problem.ts";

/** @param name as the path's rule gives it, so that it can be repeated */
export const channelPublic = (name: string): Problem => {
  const detail = `${name} needs no token: GET /public/channels/${name} says where it plays.`;
  return new Problem(400, "CHANNEL_PUBLIC", "This channel is public.", detail);
};
