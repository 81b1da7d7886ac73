import type { IncomingMessage, ServerResponse } from "node:http";
import type { MediaUnit } from "../access-unit.ts";
import type { CutLengths } from "../hls/cut.ts";
import type { SegmenterOptions, StreamFormat } from "../hls/segmenter.ts";
import { failure, sendFailure, sendPreflight } from "./answers.ts";
import type { Authorize } from "./authorize.ts";
import { createLiveStream, type LiveStream } from "./live-stream.ts";
import { readPath } from "./paths.ts";
import { serveFetches } from "./serve-fetches.ts";
import { createViewings } from "./viewings.ts";

export interface OriginOptions<Session> {
  /** Asked for each fetch. */
  readonly authorize: Authorize<Session>;
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

/**
 * The place where players get streams from: `/api/video/v1/<region>.<account>.channel.<id>.m3u8` and what lies below.
 * Each fetch of that playlist begins a viewing, whose unguessable id is in every address that follows: the token need not
 * be sent again, and viewers can be counted.
 */
export const createOrigin = <Session>(options: OriginOptions<Session>): Origin => {
  const { authorize, now = Date.now, lengths = {}, onError = () => {} } = options;
  const streams = new Map<string, LiveStream>();
  const viewings = createViewings<Session>(now);

  const serve = serveFetches({ authorize, now, viewings, streamOf: (channelArn) => streams.get(channelArn) });

  const fail = (response: ServerResponse, address: string, error: unknown): void => {
    onError(error);
    if (response.headersSent) response.destroy();
    else sendFailure(response, failure(500, address, "internal", "The local cloud failed to serve this"));
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
      const [address = ""] = (request.url ?? "").split("?", 1);
      const path = readPath(address);
      if (path === undefined) return false;
      if (request.method === "OPTIONS") sendPreflight(response);
      else if (request.method !== "GET" && request.method !== "HEAD") {
        sendFailure(response, failure(405, address, "method_not_allowed", "Only GET and HEAD are served"));
      } else {
        serve(path, request, response)
          .then((instead) => instead && sendFailure(response, instead))
          .catch((error: unknown) => fail(response, address, error));
      }
      return true;
    },
  };
};
