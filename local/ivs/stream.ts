import { conflict, notFound, ServiceError } from "../service-model/error.ts";
import { find } from "../service-model/find.ts";
import { newId } from "../service-model/identifiers.ts";
import { newestFirst, page } from "../service-model/pages.ts";
import { pick } from "../service-model/pick.ts";
import { showChannel } from "./channel.ts";
import type { LiveStream } from "./live-streams.ts";
import type { IvsCall, Operation } from "./state.ts";

const liveStreamOf = (call: IvsCall, channelArn: string): LiveStream => {
  find(call.tables.channels, channelArn);
  const stream = call.settings.liveStreams.find(channelArn);
  if (stream) return stream;
  throw new ServiceError("ChannelNotBroadcasting", `Channel: ${channelArn} not broadcasting`);
};

const summary = ["channelArn", "streamId", "startTime", "health", "viewerCount"] as const;

export const getStream: Operation<"GetStream"> = (call, { channelArn }) => {
  const stream = pick(liveStreamOf(call, channelArn), summary);
  const { playbackUrl } = showChannel(call, find(call.tables.channels, channelArn));
  return { stream: { ...stream, state: "LIVE", playbackUrl } };
};

export const listStreams: Operation<"ListStreams"> = (call, input) => {
  const { accountId, region, settings } = call;
  const health = input.filterBy?.health;
  const live = settings.liveStreams.list(accountId, region);
  const matches = live.filter((stream) => health === undefined || stream.health === health);
  const scope = ["ListStreams", accountId, region, health];
  const { items, nextToken } = page(matches, input, { scope, size: 100, key: ({ channelArn }) => channelArn });
  return { streams: items.map((stream) => ({ ...pick(stream, summary), state: "LIVE" as const })), nextToken };
};

export const stopStream: Operation<"StopStream"> = async (call, { channelArn }) => {
  liveStreamOf(call, channelArn);
  await call.settings.liveStreams.stop(channelArn);
  return {};
};

export const putMetadata: Operation<"PutMetadata"> = async (call, { channelArn, metadata }) => {
  liveStreamOf(call, channelArn);
  await call.settings.liveStreams.putMetadata(channelArn, metadata);
  return undefined;
};

export const insertAdBreak: Operation<"InsertAdBreak"> = async (call, { channelArn, durationSeconds }) => {
  liveStreamOf(call, channelArn);
  // That the refusal of a channel without ad configuration is this error is unverified.
  if (find(call.tables.channels, channelArn).adConfigurationArn === "") {
    throw conflict(channelArn, `Channel: ${channelArn} has no ad configuration`);
  }
  const adBreakId = newId();
  await call.settings.liveStreams.insertAdBreak(channelArn, adBreakId, durationSeconds);
  return { adBreakId };
};

const sessionsOf = (call: IvsCall, channelArn: string) => {
  find(call.tables.channels, channelArn);
  return call.settings.liveStreams.sessions(channelArn);
};

export const getStreamSession: Operation<"GetStreamSession"> = (call, { channelArn, streamId }) => {
  const sessions = [...sessionsOf(call, channelArn)].sort((one, other) => (one.startTime < other.startTime ? 1 : -1));
  const session = streamId === undefined ? sessions[0] : sessions.find((each) => each.streamId === streamId);
  if (session === undefined)
    throw notFound(streamId === undefined ? channelArn : `stream ${streamId} of ${channelArn}`);
  const { hasErrorEvent: _, ...streamSession } = session;
  return { streamSession };
};

export const listStreamSessions: Operation<"ListStreamSessions"> = (call, input) => {
  const sessions = sessionsOf(call, input.channelArn);
  const { items, nextToken } = page(sessions, input, {
    scope: ["ListStreamSessions", input.channelArn],
    size: 100,
    key: ({ startTime, streamId }) => newestFirst(startTime, streamId),
  });
  const shown = ["streamId", "startTime", "endTime", "hasErrorEvent"] as const;
  return { streamSessions: items.map((session) => pick(session, shown)), nextToken };
};
