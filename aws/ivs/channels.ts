import type { IvsClient } from "@aws-sdk/client-ivs";
import { GetChannelCommand, paginateListChannels, ResourceNotFoundException } from "@aws-sdk/client-ivs";
import { IvsError } from "./ivs-error.ts";

/** A channel as a list shows it. */
export interface ChannelName {
  readonly arn: string;
  /** Not unique on AWS. */
  readonly name: string;
}

/** A channel as encoders and viewers need to know it. */
export interface Channel extends ChannelName {
  /** A bare host. */
  readonly ingestEndpoint: string;
  /** An HLS multivariant playlist. */
  readonly playbackUrl: string;
  /** Viewers need a playback token. */
  readonly isPrivate: boolean;
  /** Encoders may send by plain RTMP. */
  readonly insecureIngest: boolean;
}

/** Every channel of the client's region, by name. */
export async function listChannels(ivs: IvsClient, filterByName?: string): Promise<ChannelName[]> {
  const channels: ChannelName[] = [];
  const input = filterByName === undefined ? {} : { filterByName };
  for await (const page of paginateListChannels({ client: ivs, pageSize: 100 }, input)) {
    for (const { arn = "", name = "" } of page.channels ?? []) channels.push({ arn, name });
  }
  return channels.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * The channel that a user means.
 *
 * @param nameOrArn its name, or its ARN
 * @throws IvsError CHANNEL_UNKNOWN with the names that there are, CHANNEL_AMBIGUOUS with the ARNs of that name
 */
export async function findChannel(ivs: IvsClient, nameOrArn: string): Promise<Channel> {
  if (nameOrArn.startsWith("arn:")) return getChannel(ivs, nameOrArn);
  const matches = (await listChannels(ivs, nameOrArn)).filter(({ name }) => name === nameOrArn);
  const [first, ...others] = matches;
  if (first === undefined) {
    const names = (await listChannels(ivs)).map(({ name }) => name).filter((name) => name !== "");
    throw new IvsError("CHANNEL_UNKNOWN", `There is no channel ${nameOrArn}.`, [...new Set(names)]);
  }
  if (others.length > 0) {
    const arns = matches.map(({ arn }) => arn);
    throw new IvsError("CHANNEL_AMBIGUOUS", `${matches.length} channels have the name ${nameOrArn}.`, arns);
  }
  return getChannel(ivs, first.arn);
}

async function getChannel(ivs: IvsClient, arn: string): Promise<Channel> {
  try {
    const { channel = {} } = await ivs.send(new GetChannelCommand({ arn }));
    const { name = "", ingestEndpoint = "", playbackUrl = "", authorized = false, insecureIngest = false } = channel;
    return { arn, name, ingestEndpoint, playbackUrl, isPrivate: authorized, insecureIngest };
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw new IvsError("CHANNEL_UNKNOWN", `There is no channel ${arn}.`);
  }
}
