import * as v from "valibot";
import { callAsUser } from "./own.ts";
import { pathOf } from "./public.ts";

const playback = v.object({ playbackUrl: v.pipe(v.string(), v.url()) });

/**
 * Where whoever is signed in can watch a private channel from now on, for some minutes. The address holds a token: it is for
 * a player, and for nothing that is shown, logged or kept.
 *
 * @throws ApiError
 */
export async function createPlaybackUrl(name: string): Promise<string> {
  const call = { method: "POST", body: {} } as const;
  return (await callAsUser(playback, `${pathOf(name)}/playback-token`, call)).playbackUrl;
}
