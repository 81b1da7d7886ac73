import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../api/api-error.ts";
import { listChannels, listLive } from "../api/public.ts";
import type { Channel, ChannelPage } from "../api/schema.ts";
import { mergeChannels } from "./merge.ts";
import { repeat } from "./repeat.ts";

export interface Channels {
  /** Undefined until they are known. */
  readonly channels: readonly Channel[] | undefined;
  /** Why they are not known, or no longer; fit for people. */
  readonly problem: string | undefined;
  /** Lists more of them; undefined where there are none. */
  readonly more: (() => Promise<void>) | undefined;
}

/** Which channels there are changes seldom; who is on air is asked for each time. */
const directoryMilliseconds = 30_000;

/** The site's channels, asked for again every few seconds: so a page notices what begins and ends without a reload. */
export function useChannels(): Channels {
  const [live, setLive] = useState<ChannelPage>();
  const [all, setAll] = useState<ChannelPage>();
  const [problem, setProblem] = useState<string>();
  const directory = useRef<ChannelPage | undefined>(undefined);

  useEffect(() => {
    let askedAt = Number.NEGATIVE_INFINITY;
    return repeat(async (isStopped) => {
      const isOld = performance.now() - askedAt > directoryMilliseconds;
      try {
        const [nowLive, first] = await Promise.all([listLive(), isOld ? listChannels() : undefined]);
        if (isStopped()) return;
        if (first) {
          askedAt = performance.now();
          // Pages that were opened stay open.
          directory.current = directory.current ? renewed(directory.current, first) : first;
          setAll(directory.current);
        }
        setLive(nowLive);
        setProblem(undefined);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!isStopped()) setProblem(error.message);
      }
    });
  }, []);

  const next = all?.next;
  const more = async () => {
    const page = await listChannels(next).catch(() => undefined);
    if (!page || !directory.current || directory.current.next !== next) return;
    directory.current = { ...page, channels: [...directory.current.channels, ...page.channels] };
    setAll(directory.current);
  };
  return {
    channels: live && all && mergeChannels(live.channels, all.channels, live.next === undefined),
    problem,
    more: next === undefined ? undefined : more,
  };
}

function renewed(known: ChannelPage, first: ChannelPage): ChannelPage {
  if (first.next === undefined || known.channels.length <= first.channels.length) return first;
  const names = new Set(first.channels.map(({ name }) => name));
  return { ...known, channels: [...first.channels, ...known.channels.filter(({ name }) => !names.has(name))] };
}
