import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { mediaPlaylist } from "../hls/media-playlist.ts";
import { multivariantPlaylist } from "../hls/multivariant-playlist.ts";
import { bytesOf, type Part, type Segment } from "../hls/segment.ts";
import { beginMedia, type Failure, sendPlaylist } from "./answers.ts";
import { isFulfilled, isTooFar, readReloadWish } from "./blocking-reload.ts";
import type { LiveStream } from "./live-stream.ts";

/** Offline, unknown, or not yet begun: the code and wording of the service are unverified. */
export const OFFLINE: Failure = { status: 404, code: "channel_not_broadcasting", message: "Can not find channel" };
export const GONE: Failure = { status: 404, code: "not_found", message: "This is no longer, or not yet, there" };
const MALFORMED: Failure = {
  status: 400,
  code: "bad_request",
  message: "_HLS_msn and _HLS_part must be whole numbers",
};
const TOO_FAR: Failure = { status: 400, code: "bad_request", message: "_HLS_msn is too far in the future" };

/** The service waits for an encoder no longer than this, in milliseconds: the longest reconnect window. */
const RECONNECT_PATIENCE = 300_000;

/** Sends what was asked for, or tells why not. */
export type Serve = (stream: LiveStream, response: ServerResponse) => Promise<Failure | undefined>;

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
    if (wish !== undefined) await until(() => isFulfilled(wish, segments) || response.closed);
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

/** Sends parts as they are made. A receiver that is slow holds back only itself. */
const follow = async ({ until }: LiveStream, segment: Segment, response: ServerResponse): Promise<void> => {
  const send = async ({ data }: Part): Promise<void> => {
    if (!response.write(data)) await Promise.race([once(response, "drain"), once(response, "close")]);
  };
  for (let sent = 0; !response.closed; ) {
    const next = segment.parts[sent];
    if (next !== undefined) {
      sent += 1;
      await send(next);
    } else if (segment.complete) {
      response.end();
      return;
    } else {
      await until(() => segment.parts.length > sent || segment.complete || response.closed);
    }
  }
};

export const serveSegment =
  (sequence: number): Serve =>
  async (stream, response) => {
    const last = stream.segmenter.segments.at(-1)?.sequence ?? -1;
    const isAnnounced = sequence === last + 1;
    if (isAnnounced)
      await stream.until(() => stream.segment(sequence) !== undefined || response.closed, RECONNECT_PATIENCE);
    const segment = stream.segment(sequence);
    if (segment === undefined && isAnnounced) beginMedia(response, 0).end();
    if (segment === undefined) return isAnnounced ? undefined : GONE;
    beginMedia(response, segment.complete ? bytesOf(segment) : undefined);
    await follow(stream, segment, response);
    return undefined;
  };
