import { randomBytes } from "node:crypto";
import type { LiveStream } from "./live-stream.ts";

/** One playback: what a fetch of the multivariant playlist began, and what its fetches are known by from then on. */
export interface Viewing<Session> {
  readonly id: string;
  readonly channelArn: string;
  readonly stream: LiveStream;
  /** What the authorization said when it began. */
  readonly session: Session;
}

/** Who watches. The service shows a view within 15 s and drops it within a minute. */
export interface Viewings<Session> {
  begin(channelArn: string, stream: LiveStream, session: Session): Viewing<Session>;
  /** The viewing of that id, which is watched from now on; undefined for an id that was never given out or is long unused. */
  watch(id: string): Viewing<Session> | undefined;
  /** Viewings of a stream that fetched something lately. */
  count(stream: LiveStream): number;
}

/** A viewer that fetched nothing for so long has left, in milliseconds. A playing one fetches every two seconds. */
const WATCHED = 30_000;
/** A player that was paused for less may go on, in milliseconds. */
const REMEMBERED = 10 * 60_000;
/** 144 bits that nobody guesses. */
const ID_BYTES = 18;

/** @param now milliseconds since 1970 */
export const createViewings = <Session>(now: () => number): Viewings<Session> => {
  const viewings = new Map<string, { readonly viewing: Viewing<Session>; begun: number; seen: number | undefined }>();

  const forgetOld = (): void => {
    for (const [id, { begun, seen = begun }] of viewings) if (now() - seen > REMEMBERED) viewings.delete(id);
  };

  return {
    begin(channelArn, stream, session) {
      forgetOld();
      const viewing = { id: randomBytes(ID_BYTES).toString("base64url"), channelArn, stream, session };
      viewings.set(viewing.id, { viewing, begun: now(), seen: undefined });
      return viewing;
    },
    watch(id) {
      const entry = viewings.get(id);
      if (entry) entry.seen = now();
      return entry?.viewing;
    },
    count(stream) {
      let watching = 0;
      for (const { viewing, seen } of viewings.values()) {
        if (viewing.stream === stream && seen !== undefined && now() - seen <= WATCHED) watching += 1;
      }
      return watching;
    },
  };
};
