import { useEffect, useState } from "preact/hooks";
import { getChannel } from "../api/client.ts";
import { backoff } from "../backoff.ts";

/** Where a public channel plays; undefined while it is not known, and for a private one. Asks until it is answered. */
export function usePlaybackUrl(name: string, isPrivate: boolean): string | undefined {
  const [found, setFound] = useState<{ readonly name: string; readonly url: string | undefined }>();
  useEffect(() => {
    if (isPrivate) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const ask = async (failures: number): Promise<void> => {
      const details = await getChannel(name).catch(() => undefined);
      if (stopped) return;
      if (details) setFound({ name, url: details.playbackUrl });
      else timer = setTimeout(() => ask(failures + 1), backoff(failures + 1));
    };
    ask(0);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [name, isPrivate]);
  return found?.name === name && !isPrivate ? found.url : undefined;
}
