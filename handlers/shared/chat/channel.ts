import type { Profile, Profiles } from "#domain/profiles/profile.ts";
import { channelUnknown } from "../api/channel-unknown.ts";

/** A channel that has its room. */
export type ChannelWithRoom = Profile & Required<Pick<Profile, "roomArn">>;

/** @throws Problem CHANNEL_UNKNOWN */
export async function channelWithRoom(profiles: Pick<Profiles, "byName">, name: string): Promise<ChannelWithRoom> {
  const { roomArn, ...profile } = (await profiles.byName(name)) ?? {};
  if (roomArn !== undefined && "name" in profile) return { ...profile, roomArn };
  throw channelUnknown(name);
}
