import { useMemo } from "preact/hooks";
import { createPlaybackUrl } from "../api/playback.ts";
import type { ChannelDetails } from "../api/schema.ts";

/** Says where a stream is played from. @throws ApiError */
export type Address = () => Promise<string>;

/**
 * What says where a channel is played from, asked each time that a player begins: a private channel's address is good for
 * some minutes, and for one viewer. Undefined where nobody can be asked.
 */
export function useAddress({ name, access, playbackUrl }: ChannelDetails, isSignedIn: boolean): Address | undefined {
  return useMemo(() => {
    if (access === "private") return isSignedIn ? () => createPlaybackUrl(name) : undefined;
    return playbackUrl === undefined ? undefined : async () => playbackUrl;
  }, [name, access, playbackUrl, isSignedIn]);
}
