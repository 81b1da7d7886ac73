import {
  type IvsClient,
  paginateListChannels,
  paginateListPlaybackKeyPairs,
  paginateListRecordingConfigurations,
} from "@aws-sdk/client-ivs";
import { type IvschatClient, paginateListLoggingConfigurations, paginateListRooms } from "@aws-sdk/client-ivschat";

/** A channel or room, and the configurations that it names. */
export interface Naming {
  readonly arn: string;
  /** Empty where it has none. */
  readonly name: string;
  /** ARNs. */
  readonly configurations: readonly string[];
}

/** Every channel of the client's region with what it records by, and the policy that restricts from where it is watched. */
export async function channelsWithConfigurations(ivs: IvsClient): Promise<Naming[]> {
  const found: Naming[] = [];
  for await (const page of paginateListChannels({ client: ivs, pageSize: 100 }, {})) {
    for (const { arn = "", name = "", ...channel } of page.channels ?? []) {
      const named = [channel.recordingConfigurationArn, channel.playbackRestrictionPolicyArn];
      found.push({ arn, name, configurations: named.filter((one) => one !== undefined && one !== "") as string[] });
    }
  }
  return found;
}

/** Every room of the client's region with the logging configurations that it logs by. */
export async function roomsWithLogging(chat: IvschatClient): Promise<Naming[]> {
  const found: Naming[] = [];
  for await (const page of paginateListRooms({ client: chat, pageSize: 50 }, {})) {
    for (const { arn = "", name = "", loggingConfigurationIdentifiers = [] } of page.rooms ?? []) {
      found.push({ arn, name, configurations: loggingConfigurationIdentifiers });
    }
  }
  return found;
}

/** How many playback key pairs there are. */
export async function countPlaybackKeyPairs(ivs: IvsClient): Promise<number> {
  let count = 0;
  for await (const page of paginateListPlaybackKeyPairs({ client: ivs }, {})) count += page.keyPairs?.length ?? 0;
  return count;
}

/** How many recording configurations there are. */
export async function countRecordingConfigurations(ivs: IvsClient): Promise<number> {
  let count = 0;
  for await (const page of paginateListRecordingConfigurations({ client: ivs }, {})) {
    count += page.recordingConfigurations?.length ?? 0;
  }
  return count;
}

/** How many chat logging configurations there are. */
export async function countLoggingConfigurations(chat: IvschatClient): Promise<number> {
  let count = 0;
  for await (const page of paginateListLoggingConfigurations({ client: chat }, {})) {
    count += page.loggingConfigurations?.length ?? 0;
  }
  return count;
}
