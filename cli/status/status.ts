import type { IvsClient } from "@aws-sdk/client-ivs";
import { listChannels } from "#aws/ivs/channels.ts";
import type { LiveStream } from "#aws/ivs/streams.ts";
import { listStreams } from "#aws/ivs/streams.ts";

/** One channel now. */
export interface ChannelStatus {
  readonly name: string;
  readonly arn: string;
  readonly state: "live" | "offline";
  /** ISO 8601; null while offline, as what follows. */
  readonly since: string | null;
  readonly viewers: number | null;
  readonly health: LiveStream["health"] | null;
}

/** One part of the local cloud, as it answers now. */
export interface PartStatus {
  readonly name: string;
  readonly state: "up" | "down";
  /** Null where it is reached through the edge only. */
  readonly address: string | null;
}

export interface LocalStatus {
  readonly kind: "local";
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly pid: number;
  readonly parts: readonly PartStatus[];
}

export interface AwsStatus {
  readonly kind: "aws";
  /** Null for AWS itself. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly accountId: string;
}

/** What `onair status` knows. */
export interface Status {
  readonly target: LocalStatus | AwsStatus;
  readonly channels: readonly ChannelStatus[];
}

/** Every channel of the client's region, and what is on air on it. */
export async function readChannels(ivs: IvsClient): Promise<ChannelStatus[]> {
  const [channels, streams] = await Promise.all([listChannels(ivs), listStreams(ivs)]);
  const byChannel = new Map(streams.map((stream) => [stream.channelArn, stream]));
  return channels.map(({ name, arn }) => {
    const stream = byChannel.get(arn);
    return {
      name,
      arn,
      state: stream ? "live" : "offline",
      since: stream?.since.toISOString() ?? null,
      viewers: stream?.viewers ?? null,
      health: stream?.health ?? null,
    };
  });
}
