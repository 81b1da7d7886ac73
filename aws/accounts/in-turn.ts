import { paced, pacedPages } from "#domain/accounts/paced.ts";
import { sharedPace } from "#domain/accounts/pacing.ts";
import type { OwnedChannels, OwnedResources, Pace, StreamKeys, StreamStopper } from "#domain/accounts/ports.ts";
import type { TaggedResources } from "#domain/accounts/spares.ts";
import { createPaceStore } from "../table/pace-store.ts";
import type { Table } from "../table/table.ts";
import { systemClock } from "./system-clock.ts";

/**
 * Below the five that the service takes, since calls that begin in turn do not all take equally long to arrive. It
 * leaves one a second to whoever asks without waiting for a turn, such as a deploy.
 */
const callsPerSecond = 4;

/** The turns of all functions that share a table. */
export const tablePace = (table: Table): Pace =>
  sharedPace(createPaceStore(table), systemClock, { callsPerSecond, random: Math.random });

/**
 * Most that a request of the API waits for a turn. A key reset takes four, and its function has 10 s: what would take
 * longer is left to the workers.
 */
const requestMilliseconds = 1000;

/** The same turns, for whoever answers a request. */
export const requestPace = (table: Table): Pace =>
  sharedPace(createPaceStore(table), systemClock, {
    callsPerSecond,
    mostWaitMilliseconds: requestMilliseconds,
    random: Math.random,
  });

export const channelsInTurn = (channels: OwnedChannels, pace: Pace): OwnedChannels => {
  const made = { find: "ListChannels", create: "CreateChannel", addresses: "GetChannel", remove: "DeleteChannel" };
  return paced(channels, made, pace);
};

export const roomsInTurn = (rooms: OwnedResources, pace: Pace): OwnedResources =>
  paced(rooms, { find: "ListRooms", create: "CreateRoom", remove: "DeleteRoom" }, pace);

export const keysInTurn = (keys: StreamKeys, pace: Pace): StreamKeys =>
  paced(keys, { list: "ListStreamKeys", create: "CreateStreamKey", remove: "DeleteStreamKey" }, pace);

export const streamsInTurn = (streams: StreamStopper, pace: Pace): StreamStopper =>
  paced(streams, { stop: "StopStream" }, pace);

const taggedInTurn = (resources: TaggedResources, list: string, remove: string, pace: Pace): TaggedResources => ({
  all: () => pacedPages(list, resources.all(), pace),
  async remove(arn) {
    await pace.turn(remove);
    await resources.remove(arn);
  },
});

export const taggedChannelsInTurn = (channels: TaggedResources, pace: Pace): TaggedResources =>
  taggedInTurn(channels, "ListChannels", "DeleteChannel", pace);

export const taggedRoomsInTurn = (rooms: TaggedResources, pace: Pace): TaggedResources =>
  taggedInTurn(rooms, "ListRooms", "DeleteRoom", pace);
