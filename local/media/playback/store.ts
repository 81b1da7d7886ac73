import type { IvsRows } from "../../ivs/state.ts";
import { placeOf } from "../../service-model/arn.ts";
import type { State } from "../../service-model/state.ts";
import type { PlaybackChannel } from "./check-playback.ts";
import type { PlaybackMemory } from "./memory.ts";

/** What the control plane knows that playback depends on, always as it is now. */
export interface PlaybackStore {
  /** Undefined where there is no such channel. */
  channel(arn: string): PlaybackChannel | undefined;
  /** The public keys of the channel's account and region, in PEM. */
  keys(channelArn: string): readonly string[];
  revokedUpTo: PlaybackMemory["revokedUpTo"];
}

/**
 * Reads the control plane's state; an ARN of a place that it never heard of leaves nothing behind in it.
 * @param state asked for with each look-up: the control plane is made after the engine that it needs
 */
export const createPlaybackStore = (state: () => State<IvsRows>): PlaybackStore => {
  const tablesOf = (arn: string) => {
    const { accountId, region } = placeOf(arn);
    const isKnown = state()
      .places()
      .some((place) => place.accountId === accountId && place.region === region);
    return isKnown ? state().in(accountId, region) : undefined;
  };
  return {
    channel: (arn) => {
      const tables = tablesOf(arn);
      const channel = tables?.channels.get(arn);
      if (tables === undefined || channel === undefined) return undefined;
      const restrictionPolicy = tables.playbackRestrictionPolicies.get(channel.playbackRestrictionPolicyArn);
      return { arn, authorized: channel.authorized, restrictionPolicy };
    },
    keys: (channelArn) =>
      tablesOf(channelArn)
        ?.playbackKeyPairs.all()
        .map(({ publicKey }) => publicKey) ?? [],
    revokedUpTo: (channelArn, viewerId) =>
      tablesOf(channelArn)?.viewerSessionRevocations.get(`${channelArn} ${viewerId}`)?.versionsUpTo,
  };
};
