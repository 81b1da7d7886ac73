import { type IvsClient, ListStreamsCommand, type StreamSummary } from "@aws-sdk/client-ivs";
import type { ListedStream, StreamPages } from "#domain/live-state/walk-streams.ts";

/** The most that ListStreams gives at once. */
const largestPage = 100;

/** What the service says when it could not count in time. */
const notCounted = -1;

/** A stream without its channel, id or start: what else is on air cannot be told from such a list. */
class ListedStreamError extends Error {
  readonly code = "ERR_LISTED_STREAM";
}

function listed({ channelArn, streamId, startTime, viewerCount = notCounted, health }: StreamSummary): ListedStream {
  if (!channelArn || !streamId || !startTime) {
    throw new ListedStreamError(`ListStreams gave a stream without channelArn, streamId or startTime: ${channelArn}.`);
  }
  const starving = health === "STARVING";
  return { channelArn, streamId, startedAt: startTime.getTime(), viewers: viewerCount, ...(starving && { starving }) };
}

/** The pages of ListStreams: what is on air in the client's account and region. */
export const createStreamPages = (ivs: IvsClient): StreamPages => ({
  async page(token) {
    const { streams = [], nextToken } = await ivs.send(
      new ListStreamsCommand({ maxResults: largestPage, nextToken: token }),
    );
    const onAir = streams.filter(({ state }) => state === "LIVE");
    return { streams: onAir.map(listed), ...(nextToken && { next: nextToken }) };
  },
});
