import type { IncomingMessage, ServerResponse } from "node:http";
import type { MediaUnit } from "../access-unit.ts";
import type { CutLengths } from "../hls/cut.ts";
import type { SegmenterOptions, StreamFormat } from "../hls/segmenter.ts";
import { type Failure, sendFailure, sendPreflight } from "./answers.ts";
import type { Authorize, PlaybackRequest } from "./authorize.ts";
import { createLiveStream, type LiveStream } from "./live-stream.ts";
import { type PlaybackPath, playlistPath, readPath } from "./paths.ts";
import { GONE, OFFLINE, serveMultivariant, servePart, servePlaylist, serveSegment } from "./serve.ts";
import { createViewings } from "./viewings.ts";

export interface OriginOptions<Viewer> {
  /** Asked for each fetch. */
  readonly authorize: Authorize<Viewer>;
  /** Milliseconds since 1970. @default the system's clock */
  readonly now?: () => number;
  /** @default segments of 2 s, 10 s at most, parts of 0.25 s */
  readonly lengths?: Partial<CutLengths>;
  /** Told of a fault of ours; the viewer is told only that there was one. */
  readonly onError?: (error: unknown) => void;
}

/** A stream that is on air. */
export interface Live {
  /** What the stream is at the moment; undefined before its first configuration. */
  readonly format: StreamFormat | undefined;
  write(unit: MediaUnit): void;
  /** Puts text into the video at the next picture, as timed metadata. */
  metadata(text: string): void;
  /** The encoder is gone, but may come back: the playlist stays open, and goes on after a discontinuity. */
  interrupt(): void;
  /** The stream is over: the playlist ends, the channel is offline. Those who watch can still fetch the rest. */
  end(): void;
}

/** Serves playback addresses. */
export interface Origin {
  /** Puts a channel on air. A stream that it still has is ended. */
  start(channelArn: string, options?: Pick<SegmenterOptions, "onSegment">): Live;
  /** How many watch a channel; 0 while it is offline. */
  viewers(channelArn: string): number;
  /** Serves a request for a playback address; false, and untouched, where it is for something else. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
}

const UNKNOWN: Failure = { status: 404, code: "not_found", message: "There is no such playback address" };
const NOT_ALLOWED: Failure = { status: 405, code: "method_not_allowed", message: "Only GET and HEAD are served" };
const FAULT: Failure = { status: 500, code: "internal", message: "The local cloud failed to serve this" };

type Child = Extract<PlaybackPath, { readonly viewing: string }>;

const serveChild = (path: Child, query: URLSearchParams) => {
  if (path.kind === "playlist") return servePlaylist(query);
  return path.kind === "segment" ? serveSegment(path.sequence) : servePart(path.number);
};

/**
 * The place where players get streams from: `/api/video/v1/<region>.<account>.channel.<id>.m3u8` and what lies below.
 * Each fetch of that playlist begins a viewing, whose unguessable id is in every address that follows: the token need not
 * be sent again, and viewers can be counted.
 */
export const createOrigin = <Viewer>(options: OriginOptions<Viewer>): Origin => {
  const { authorize, now = Date.now, lengths = {}, onError = () => {} } = options;
  const streams = new Map<string, LiveStream>();
  const viewings = createViewings<Viewer>(now);

  const begin = async (asked: PlaybackRequest<Viewer>, response: ServerResponse): Promise<Failure | undefined> => {
    const decision = await authorize(asked);
    if (!decision.allowed) return decision;
    const stream = streams.get(asked.channelArn);
    if (stream === undefined || stream.wholeSegments.length === 0) return OFFLINE;
    const { id } = viewings.begin(asked.channelArn, stream, decision.viewer);
    return serveMultivariant(playlistPath(id), now())(stream, response);
  };

  const goOn = async (path: Child, query: URLSearchParams, request: IncomingMessage, response: ServerResponse) => {
    const viewing = viewings.watch(path.viewing);
    if (viewing === undefined) return GONE;
    const { channelArn, stream, viewer } = viewing;
    const stage = path.kind === "playlist" ? "playlist" : "segment";
    const { origin } = request.headers;
    const { format } = stream.segmenter;
    const decision = await authorize({ channelArn, stage, token: undefined, origin, viewer, format });
    return decision.allowed ? serveChild(path, query)(stream, response) : decision;
  };

  const serve = async (
    path: PlaybackPath,
    query: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    if (path.kind === "unknown") return UNKNOWN;
    if (path.kind !== "multivariant") return goOn(path, query, request, response);
    const { channelArn } = path;
    const format = streams.get(channelArn)?.segmenter.format;
    const [token, { origin }] = [query.get("token") ?? undefined, request.headers];
    return begin({ channelArn, stage: "multivariant", token, origin, viewer: undefined, format }, response);
  };

  return {
    start(channelArn, { onSegment } = {}) {
      streams.get(channelArn)?.segmenter.end();
      const stream = createLiveStream({ now, lengths, ...(onSegment && { onSegment }) });
      const { segmenter } = stream;
      streams.set(channelArn, stream);
      return {
        get format() {
          return segmenter.format;
        },
        write: segmenter.write,
        metadata: segmenter.metadata,
        interrupt: segmenter.interrupt,
        end() {
          segmenter.end();
          if (streams.get(channelArn) === stream) streams.delete(channelArn);
        },
      };
    },
    viewers(channelArn) {
      const stream = streams.get(channelArn);
      return stream === undefined ? 0 : viewings.count(stream);
    },
    handle(request, response) {
      const [pathText = "", queryText = ""] = (request.url ?? "").split("?", 2);
      const path = readPath(pathText);
      if (path === undefined) return false;
      if (request.method === "OPTIONS") sendPreflight(response);
      else if (request.method !== "GET" && request.method !== "HEAD") sendFailure(response, pathText, NOT_ALLOWED);
      else {
        serve(path, new URLSearchParams(queryText), request, response)
          .then((failure) => failure && sendFailure(response, pathText, failure))
          .catch((error: unknown) => {
            onError(error);
            if (response.headersSent) response.destroy();
            else sendFailure(response, pathText, FAULT);
          });
      }
      return true;
    },
  };
};
