import {
  DeleteChannelCommand,
  DeletePlaybackKeyPairCommand,
  DeletePlaybackRestrictionPolicyCommand,
  paginateListChannels,
  paginateListPlaybackKeyPairs,
  paginateListPlaybackRestrictionPolicies,
} from "@aws-sdk/client-ivs";
import { DeleteRoomCommand, paginateListRooms } from "@aws-sdk/client-ivschat";
import type { Lab } from "./probe.ts";

/** On all that probes make, and on nothing else. */
export const probeTag = "onair:doctor";

interface Tagged {
  readonly arn?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * Removes everything that probes made, also what an earlier run left that was ended; returns how much.
 * It goes by the tag alone, so it can touch nothing of a platform.
 */
export async function sweepProbes({ ivs, chat }: Pick<Lab, "ivs" | "chat">): Promise<number> {
  const found = { channels: [] as string[], keys: [] as string[], policies: [] as string[], rooms: [] as string[] };
  const note = (into: string[], all: readonly Tagged[] = []) => {
    for (const { arn, tags } of all) if (arn !== undefined && tags?.[probeTag] !== undefined) into.push(arn);
  };
  for await (const page of paginateListChannels({ client: ivs }, {})) note(found.channels, page.channels);
  for await (const page of paginateListPlaybackKeyPairs({ client: ivs }, {})) note(found.keys, page.keyPairs);
  for await (const page of paginateListPlaybackRestrictionPolicies({ client: ivs }, {})) {
    note(found.policies, page.playbackRestrictionPolicies);
  }
  for await (const page of paginateListRooms({ client: chat }, {})) note(found.rooms, page.rooms);
  for (const arn of found.channels) await ivs.send(new DeleteChannelCommand({ arn }));
  for (const arn of found.keys) await ivs.send(new DeletePlaybackKeyPairCommand({ arn }));
  for (const arn of found.policies) await ivs.send(new DeletePlaybackRestrictionPolicyCommand({ arn }));
  for (const identifier of found.rooms) await chat.send(new DeleteRoomCommand({ identifier }));
  return Object.values(found).flat().length;
}
