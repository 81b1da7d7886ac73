import { useEffect, useState } from "preact/hooks";
import { ApiError, listChannels } from "../api/client.ts";
import type { Channel } from "../api/schema.ts";
import { repeat } from "./repeat.ts";

export interface Channels {
  /** Undefined until they are known. */
  readonly channels: readonly Channel[] | undefined;
  /** Why they are not known, or no longer; fit for people. */
  readonly problem: string | undefined;
}

/** The site's channels, asked for again every few seconds: so a page notices what begins and ends without a reload. */
export function useChannels(): Channels {
  const [known, setKnown] = useState<Channels>({ channels: undefined, problem: undefined });
  useEffect(
    () =>
      repeat(async (isStopped) => {
        try {
          const channels = await listChannels();
          if (!isStopped()) setKnown({ channels, problem: undefined });
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          if (!isStopped()) setKnown(({ channels }) => ({ channels, problem: error.message }));
        }
      }),
    [],
  );
  return known;
}
