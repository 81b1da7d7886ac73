import { BatchGetChannelCommand, type IvsClient, paginateListStreams } from "@aws-sdk/client-ivs";

/** Where a channel plays. */
export interface PlayableChannel {
  readonly arn: string;
  /** Whether playing it needs a token for each viewer. */
  readonly isPrivate: boolean;
  readonly playbackUrl: string;
}

/** A stream that is on air. */
export interface OnAir {
  readonly channelArn: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** How many watch; undefined while the service does not know. */
  readonly viewers: number | undefined;
}

/** BatchGetChannel takes no more at once. */
const mostArns = 50;

/** Where channels play; one that does not exist is left out. */
export async function playableChannels(ivs: IvsClient, arns: readonly string[]): Promise<PlayableChannel[]> {
  const found: PlayableChannel[] = [];
  for (let start = 0; start < arns.length; start += mostArns) {
    const { channels = [] } = await ivs.send(new BatchGetChannelCommand({ arns: arns.slice(start, start + mostArns) }));
    for (const { arn, authorized, playbackUrl } of channels) {
      if (arn && playbackUrl) found.push({ arn, isPrivate: authorized ?? false, playbackUrl });
    }
  }
  return found;
}

/** Every stream on air in the account and region. */
export async function streamsOnAir(ivs: IvsClient): Promise<OnAir[]> {
  const found: OnAir[] = [];
  for await (const { streams = [] } of paginateListStreams({ client: ivs }, { maxResults: 100 })) {
    for (const { channelArn, startTime, state, viewerCount = -1 } of streams) {
      if (!channelArn || !startTime || state !== "LIVE") continue;
      // The service counts -1 at first.
      found.push({
        channelArn,
        startedAt: startTime.toISOString(),
        viewers: viewerCount < 0 ? undefined : viewerCount,
      });
    }
  }
  return found;
}
