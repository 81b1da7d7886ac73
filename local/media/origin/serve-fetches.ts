import type { IncomingMessage, ServerResponse } from "node:http";
import { type Failure, failure } from "./answers.ts";
import type { Authorize } from "./authorize.ts";
import type { LiveStream } from "./live-stream.ts";
import { type PlaybackPath, playlistPath } from "./paths.ts";
import {
  type Excuse,
  OFFLINE,
  type Serve,
  serveMultivariant,
  servePart,
  servePlaylist,
  serveSegment,
} from "./serve.ts";
import type { Viewings } from "./viewings.ts";

export interface FetchOptions<Session> {
  readonly authorize: Authorize<Session>;
  readonly viewings: Viewings<Session>;
  /** The stream on air; undefined while the channel is offline. */
  readonly streamOf: (channelArn: string) => LiveStream | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Sends what was asked for, or gives what is to be sent instead. */
export type ServeFetch = (
  path: PlaybackPath,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<Failure | undefined>;

const UNKNOWN: Excuse = [404, "not_found", "There is no such playback address"];
/** An address that was guessed, or whose viewer was away for too long. */
const NO_VIEWING: Excuse = [403, "forbidden", "Nobody watches by this address; load the channel's playlist again"];

/** Everything below the multivariant playlist. */
type Child = Extract<PlaybackPath, { readonly viewing: string }>;

const serveChild = (path: Child, query: URLSearchParams): Serve => {
  if (path.kind === "playlist") return servePlaylist(query);
  return path.kind === "segment" ? serveSegment(path.sequence) : servePart(path.number);
};

export const serveFetches = <Session>({ authorize, viewings, streamOf, now }: FetchOptions<Session>): ServeFetch => {
  return async (path, request, response) => {
    const { url = "", headers } = request;
    const [address = "", queryText] = url.split("?", 2);
    const query = new URLSearchParams(queryText);
    const { origin } = headers;
    const excused = (excuse: Excuse | undefined) => excuse && failure(excuse[0], address, excuse[1], excuse[2]);
    if (path.kind === "unknown") return excused(UNKNOWN);

    if (path.kind === "multivariant") {
      const { channelArn } = path;
      const stream = streamOf(channelArn);
      const token = query.get("token") ?? undefined;
      const format = stream?.segmenter.format;
      const decision = await authorize({
        channelArn,
        stage: path.kind,
        url,
        token,
        origin,
        session: undefined,
        format,
      });
      if (!decision.allowed) return decision;
      if (stream === undefined || stream.wholeSegments.length === 0) return excused(OFFLINE);
      const { id } = viewings.begin(channelArn, stream, decision.session);
      return excused(await serveMultivariant(playlistPath(id), now())(stream, response));
    }

    const viewing = viewings.watch(path.viewing);
    if (viewing === undefined) return excused(NO_VIEWING);
    const { channelArn, stream, session } = viewing;
    const stage = path.kind === "playlist" ? "playlist" : "segment";
    const { format } = stream.segmenter;
    const decision = await authorize({ channelArn, stage, url, token: undefined, origin, session, format });
    return decision.allowed ? excused(await serveChild(path, query)(stream, response)) : decision;
  };
};
