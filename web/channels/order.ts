import type { Channel } from "../api/schema.ts";

/** Live ones first; otherwise in the site's own order. */
export const liveFirst = (channels: readonly Channel[]): Channel[] =>
  channels.toSorted((one, other) => Number(other.live) - Number(one.live));

/** What the site's own address shows: what can be watched now, else what is open to everyone, else anything. */
export const featured = (channels: readonly Channel[]): Channel | undefined =>
  channels.find((channel) => channel.live && !channel.private) ??
  channels.find((channel) => !channel.private) ??
  channels[0];
