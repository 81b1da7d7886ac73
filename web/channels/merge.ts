import type { Channel } from "../api/schema.ts";

/**
 * The channels that a page lists: those on air first, in the order in which they came, then the others. Who is on air is
 * what the list of the live ones says, which is newer.
 *
 * @param isWhole whether that list has all of them
 */
export function mergeChannels(live: readonly Channel[], all: readonly Channel[], isWhole: boolean): readonly Channel[] {
  const listed = new Set(live.map(({ name }) => name));
  const others = all.filter(({ name }) => !listed.has(name)).map((channel) => (isWhole ? offAir(channel) : channel));
  return [...live, ...others.filter(({ live }) => live), ...others.filter(({ live }) => !live)];
}

function offAir({ viewers: _viewers, startedAt: _startedAt, ...channel }: Channel): Channel {
  return { ...channel, live: false };
}
