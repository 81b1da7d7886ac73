import { BatchGetChannelCommand, type IvsClient } from "@aws-sdk/client-ivs";

/** Where a channel plays. */
export interface PlayableChannel {
  readonly arn: string;
  /** Whether playing it needs a token for each viewer. */
  readonly isPrivate: boolean;
  readonly playbackUrl: string;
}

/** BatchGetChannel takes no more at once. */
const mostArns = 50;

/** Where channels play, in one call for fifty; one that does not exist is left out. */
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
