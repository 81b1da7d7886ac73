import type { Channel } from "../api/schema.ts";

const isPublic = ({ access }: Channel) => access === "public";

/** What the site's own address shows: what can be watched now, else what is open to everyone, else anything. */
export const featured = (channels: readonly Channel[]): Channel | undefined =>
  channels.find((channel) => channel.live && isPublic(channel)) ?? channels.find(isPublic) ?? channels[0];
