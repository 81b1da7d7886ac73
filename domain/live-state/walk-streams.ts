/** What ListStreams says of a channel that is on air. */
export interface ListedStream {
  readonly channelArn: string;
  readonly streamId: string;
  /** Milliseconds. */
  readonly startedAt: number;
  /** -1 when the service could not count in time. */
  readonly viewers: number;
  /** Its encoder sends too little to play it smoothly. @default false */
  readonly starving?: boolean;
}

/** One page of ListStreams: everything that is on air in the account and region, whoever's it is. */
export interface StreamPages {
  page(token: string | undefined): Promise<{ readonly streams: readonly ListedStream[]; readonly next?: string }>;
}

/** The service gave the same page again; what it lists cannot be known to be all. */
class EndlessWalkError extends Error {
  readonly code = "ERR_STREAM_WALK_ENDLESS";
}

/**
 * Everything on air, by channel, from one walk over all pages. A stream may move between pages while they are read; of
 * two streams of one channel the newer counts.
 *
 * @throws whatever a page throws, and EndlessWalkError when a page's token comes again.
 */
export async function walkStreams(pages: StreamPages): Promise<ReadonlyMap<string, ListedStream>> {
  const listed = new Map<string, ListedStream>();
  const tokens = new Set<string>();
  let token: string | undefined;
  do {
    const { streams, next } = await pages.page(token);
    for (const stream of streams) {
      const other = listed.get(stream.channelArn);
      if (other === undefined || other.startedAt <= stream.startedAt) listed.set(stream.channelArn, stream);
    }
    if (next !== undefined && tokens.has(next)) {
      throw new EndlessWalkError(`ListStreams gave the same page token twice, after ${tokens.size} pages.`);
    }
    if (next !== undefined) tokens.add(next);
    token = next;
  } while (token !== undefined);
  return listed;
}
