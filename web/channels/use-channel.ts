import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../api/api-error.ts";
import { getChannel } from "../api/public.ts";
import type { ChannelDetails } from "../api/schema.ts";
import { repeat } from "./repeat.ts";

/** A channel; `null` where there is none of that name, undefined until it is known. */
export type FoundChannel = ChannelDetails | null | undefined;

/**
 * One channel with all that is to be known of it, asked for again every few seconds. What is known stays while the server
 * does not answer.
 *
 * @param name undefined for none
 */
export function useChannel(name: string | undefined): FoundChannel {
  const [found, setFound] = useState<{ readonly name: string; readonly channel: FoundChannel }>();
  useEffect(() => {
    if (name === undefined) return;
    return repeat(async (isStopped) => {
      try {
        const channel = await getChannel(name);
        if (!isStopped()) setFound({ name, channel });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const isUnknown = error.status === 404 || error.status === 400;
        if (isUnknown && !isStopped()) setFound({ name, channel: null });
      }
    });
  }, [name]);
  return found?.name === name ? found?.channel : undefined;
}
