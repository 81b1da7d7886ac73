import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { mediaPlaylist } from "../hls/media-playlist.ts";
import { multivariantPlaylist } from "../hls/multivariant-playlist.ts";
import { bytesOf, type Segment } from "../hls/segment.ts";
import { beginMedia, sendPlaylist } from "./answers.ts";
import { isFulfilled, isTooFar, readReloadWish } from "./blocking-reload.ts";
import type { LiveStream } from "./live-stream.ts";

/** Why something is not served: a status, a code for programs, words for people. */
export type Excuse = readonly [status: number, code: string, message: string];

/** Offline, unknown, or not yet begun; the service's code and words are unverified. */
export const OFFLINE: Excuse = [404, "channel_not_broadcasting", "Can not find channel"];
const GONE: Excuse = [404, "not_found", "This is no longer, or not yet, there"];
const MALFORMED: Excuse = [400, "bad_request", "_HLS_msn and _HLS_part must be whole numbers"];
const TOO_FAR: Excuse = [400, "bad_request", "_HLS_msn is too far in the future"];

/** The service waits for an encoder no longer than this, in milliseconds: the longest reconnect window. */
const RECONNECT_PATIENCE = 300_000;

/** Sends what was asked for, or tells why not. */
export type Serve = (stream: LiveStream, response: ServerResponse) => Promise<Excuse | undefined>;

export const serveMultivariant =
  (uri: string, now: number): Serve =>
  async ({ segmenter, wholeSegments }, response) => {
    const { format } = segmenter;
    if (format === undefined || wholeSegments.length === 0) return OFFLINE;
    sendPlaylist(response, multivariantPlaylist({ format, segments: wholeSegments, uri, now }));
    return undefined;
  };

export const servePlaylist =
  (query: URLSearchParams): Serve =>
  async ({ segmenter, lengths, until }, response) => {
    const { segments } = segmenter;
    const wish = readReloadWish(query);
    if (wish === "malformed") return MALFORMED;
    if (wish !== undefined && isTooFar(wish, segments)) return TOO_FAR;
    // What is not fulfilled in time is answered as it stands: a player that is refused may give up a stream whose
    // encoder comes back.
    if (wish !== undefined) await until(() => isFulfilled(wish, segments));
    sendPlaylist(response, mediaPlaylist({ segments, lengths, ended: segmenter.ended }));
    return undefined;
  };

export const servePart =
  (number: number): Serve =>
  async (stream, response) => {
    const { segments } = stream.segmenter;
    const last = segments.findLast(({ parts }) => parts.length > 0)?.parts.at(-1)?.number ?? -1;
    // Only what is announced is waited for: the next part, the next segment.
    if (number === last + 1) await stream.until(() => stream.part(number) !== undefined);
    const part = stream.part(number);
    if (part === undefined) return GONE;
    beginMedia(response, part.data.length);
    response.end(part.data);
    return undefined;
  };

/** A viewer may leave at any time. */
const ignoreLeaving = (error: NodeJS.ErrnoException): void => {
  if (error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
};

/** A segment's bytes, part by part, as they are made. */
async function* bytesAsMade({ until }: LiveStream, segment: Segment): AsyncGenerator<Buffer> {
  for (let sent = 0; ; ) {
    const next = segment.parts[sent];
    if (next === undefined && segment.complete) return;
    if (next === undefined) await until(() => segment.parts.length > sent || segment.complete);
    else {
      sent += 1;
      yield next.data;
    }
  }
}

export const serveSegment =
  (sequence: number): Serve =>
  async (stream, response) => {
    const last = stream.segmenter.segments.at(-1)?.sequence ?? -1;
    const isAnnounced = sequence === last + 1;
    if (isAnnounced) await stream.until(() => stream.segment(sequence) !== undefined, RECONNECT_PATIENCE);
    const segment = stream.segment(sequence);
    if (segment === undefined && !isAnnounced) return GONE;
    // The stream ended. A player that was promised a segment takes a refusal for a failure, and nothing for nothing.
    if (segment === undefined) beginMedia(response, 0).end();
    else {
      beginMedia(response, segment.complete ? bytesOf(segment) : undefined);
      await pipeline(bytesAsMade(stream, segment), response).catch(ignoreLeaving);
    }
    return undefined;
  };
