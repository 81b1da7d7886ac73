import {
  type ChannelLatencyMode,
  type ChannelType,
  CreateChannelCommand,
  DeleteChannelCommand,
  GetChannelCommand,
  type IvsClient,
  paginateListChannels,
  type TranscodePreset,
} from "@aws-sdk/client-ivs";
import type { OwnedChannels } from "#domain/accounts/ports.ts";
import type { TaggedResources } from "#domain/accounts/spares.ts";
import type { Multitrack } from "#domain/converge/state.ts";
import { multitrackInput } from "../ivs/multitrack.ts";
import { arnsOf, nameFor, type Ownership, ownedOf, tagsFor } from "./ownership.ts";
import { askOfChannel } from "./presence.ts";
import { ask, askPages, CallFailedError } from "./refusals.ts";

/** What the channels of users are like. */
export interface ChannelDesign {
  readonly type: ChannelType;
  /** @default the service's for the type */
  readonly preset?: TranscodePreset | undefined;
  readonly latencyMode: ChannelLatencyMode;
  /** Encoders may send by plain RTMP. */
  readonly insecureIngest: boolean;
  /** @default encoders send one rendition */
  readonly multitrack?: Multitrack | undefined;
  /** @default not recorded */
  readonly recordingConfigurationArn?: string | undefined;
  /** @default watched from everywhere */
  readonly playbackRestrictionPolicyArn?: string | undefined;
}

export interface ChannelPorts {
  readonly ivs: IvsClient;
  /** A client that asks once (`maxAttempts: 1`): whoever repeats CreateChannel makes a second channel. */
  readonly ivsOnce: IvsClient;
  readonly ownership: Ownership;
}

/** The users' channels, or those of one name, page by page. */
async function* list(ivs: IvsClient, environment: string, filterByName?: string) {
  const pages = paginateListChannels({ client: ivs, pageSize: 100 }, { filterByName });
  for await (const { channels } of askPages("ListChannels", pages)) yield ownedOf(environment, channels);
}

async function remove(ivs: IvsClient, arn: string): Promise<void> {
  await askOfChannel(ivs, arn, "DeleteChannel", () => ivs.send(new DeleteChannelCommand({ arn })), undefined);
}

/** All channels of users in IVS. */
export const createTaggedChannels = ({
  ivs,
  environment,
}: {
  readonly ivs: IvsClient;
  readonly environment: string;
}): TaggedResources => ({
  all: () => list(ivs, environment),
  remove: (arn) => remove(ivs, arn),
});

/** The channels of users in IVS, made by a design, found by name and tags. */
export function createOwnedChannels({ ivs, ivsOnce, ownership }: ChannelPorts, design: ChannelDesign): OwnedChannels {
  return {
    find: (sub) => arnsOf(sub, list(ivs, ownership.environment, nameFor(ownership, sub))),

    async create(sub, access) {
      const own = { name: nameFor(ownership, sub), tags: tagsFor(ownership, sub), authorized: access === "private" };
      const { multitrack, ...same } = design;
      const make = { ...same, ...own, ...(multitrack && multitrackInput(multitrack)) };
      const { channel } = await ask("CreateChannel", ivsOnce.send(new CreateChannelCommand(make)));
      if (channel?.arn === undefined) throw new CallFailedError("CreateChannel answered without an ARN");
      return channel.arn;
    },

    remove: (arn) => remove(ivs, arn),

    async addresses(arn) {
      const { channel = {} } = await ask("GetChannel", ivs.send(new GetChannelCommand({ arn })));
      const { ingestEndpoint, playbackUrl } = channel;
      if (!ingestEndpoint || !playbackUrl) throw new CallFailedError(`GetChannel gave no addresses of ${arn}`);
      return { ingestEndpoint, playbackUrl };
    },
  };
}
