import type { IvsClient, StreamSummary } from "@aws-sdk/client-ivs";
import { ChannelNotBroadcasting, GetStreamCommand, paginateListStreams } from "@aws-sdk/client-ivs";

/** What is on air on a channel. */
export interface LiveStream {
  readonly channelArn: string;
  readonly streamId: string;
  readonly since: Date;
  readonly viewers: number;
  readonly health: "HEALTHY" | "STARVING" | "UNKNOWN";
}

/** The channel's stream; undefined while it is offline. */
export async function readStream(ivs: IvsClient, channelArn: string): Promise<LiveStream | undefined> {
  try {
    const { stream } = await ivs.send(new GetStreamCommand({ channelArn }));
    return stream?.state === "LIVE" ? toLiveStream(stream) : undefined;
  } catch (error) {
    if (error instanceof ChannelNotBroadcasting) return undefined;
    throw error;
  }
}

/** All that is on air in the client's region. */
export async function listStreams(ivs: IvsClient): Promise<LiveStream[]> {
  const streams: LiveStream[] = [];
  for await (const page of paginateListStreams({ client: ivs, pageSize: 100 }, {})) {
    for (const stream of page.streams ?? []) if (stream.state === "LIVE") streams.push(toLiveStream(stream));
  }
  return streams;
}

function toLiveStream(stream: StreamSummary): LiveStream {
  const { channelArn = "", streamId = "", startTime = new Date(0), viewerCount = 0, health = "UNKNOWN" } = stream;
  return { channelArn, streamId, since: startTime, viewers: viewerCount, health };
}
