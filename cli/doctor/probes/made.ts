import { setTimeout as sleep } from "node:timers/promises";
import {
  DeleteAdConfigurationCommand,
  DeleteChannelCommand,
  DeletePlaybackKeyPairCommand,
  DeletePlaybackRestrictionPolicyCommand,
  DeleteRecordingConfigurationCommand,
  type IvsClient,
  paginateListAdConfigurations,
  paginateListChannels,
  paginateListPlaybackKeyPairs,
  paginateListPlaybackRestrictionPolicies,
  paginateListRecordingConfigurations,
} from "@aws-sdk/client-ivs";
import {
  DeleteLoggingConfigurationCommand,
  DeleteRoomCommand,
  type IvschatClient,
  paginateListLoggingConfigurations,
  paginateListRooms,
} from "@aws-sdk/client-ivschat";
import { runTag } from "./run-name.ts";

export interface MakingClients {
  readonly ivs: IvsClient;
  readonly chat: IvschatClient;
}

/** Something that a run made. */
export interface Made {
  /** For example `channel`; several have an s behind it. */
  readonly kind: string;
  /** Of which run. */
  readonly run: string;
  remove(): Promise<unknown>;
}

interface Tagged {
  readonly arn?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** All that runs made and that still stands, of any run: what holds on to others comes first. */
export async function findMade({ ivs, chat }: MakingClients): Promise<readonly Made[]> {
  const made: Made[] = [];
  const note = (kind: string, all: readonly Tagged[] = [], remove: (arn: string) => Promise<unknown>) => {
    for (const { arn, tags } of all) {
      const run = tags?.[runTag];
      if (arn !== undefined && run !== undefined) made.push({ kind, run, remove: () => remove(arn) });
    }
  };
  const pages = { client: ivs };
  for await (const { channels } of paginateListChannels(pages, {})) {
    note("channel", channels, (arn) => ivs.send(new DeleteChannelCommand({ arn })));
  }
  for await (const { rooms } of paginateListRooms({ client: chat }, {})) {
    note("room", rooms, (identifier) => chat.send(new DeleteRoomCommand({ identifier })));
  }
  for await (const { keyPairs } of paginateListPlaybackKeyPairs(pages, {})) {
    note("playback key", keyPairs, (arn) => ivs.send(new DeletePlaybackKeyPairCommand({ arn })));
  }
  for await (const { playbackRestrictionPolicies } of paginateListPlaybackRestrictionPolicies(pages, {})) {
    const remove = (arn: string) => ivs.send(new DeletePlaybackRestrictionPolicyCommand({ arn }));
    note("playback restriction", playbackRestrictionPolicies, remove);
  }
  for await (const { recordingConfigurations } of paginateListRecordingConfigurations(pages, {})) {
    const remove = (arn: string) => ivs.send(new DeleteRecordingConfigurationCommand({ arn }));
    note("recording configuration", recordingConfigurations, remove);
  }
  for await (const { adConfigurations } of paginateListAdConfigurations(pages, {})) {
    note("ad configuration", adConfigurations, (arn) => ivs.send(new DeleteAdConfigurationCommand({ arn })));
  }
  for await (const { loggingConfigurations } of paginateListLoggingConfigurations({ client: chat }, {})) {
    const remove = (identifier: string) => chat.send(new DeleteLoggingConfigurationCommand({ identifier }));
    note("logging configuration", loggingConfigurations, remove);
  }
  return made;
}

/** Removes what one run made, and nothing of another; returns how much. */
export async function removeMade(clients: MakingClients, run: string): Promise<number> {
  const own = (await findMade(clients)).filter((made) => made.run === run);
  for (const made of own) await removeWhenPossible(made);
  return own.length;
}

const tries = 30;

/** What is still being made, or is still held on to, goes a moment later. */
async function removeWhenPossible(made: Made): Promise<void> {
  for (let left = tries; ; left -= 1) {
    try {
      await made.remove();
      return;
    } catch (thrown) {
      const { name } = thrown as Error;
      if (name === "ResourceNotFoundException") return;
      if (name !== "ConflictException" || left === 0) throw thrown;
      await sleep(1000);
    }
  }
}
