import type { StreamFormat } from "../hls/segmenter.ts";

/** A fetch that is to be allowed or refused. */
export interface PlaybackFetch<Session> {
  readonly channelArn: string;
  /** By default the service checks the multivariant playlist only; strict origin enforcement checks every fetch. */
  readonly stage: "multivariant" | "playlist" | "segment";
  /** Path and query as sent: the query may hold a token, which no answer may repeat. */
  readonly url: string;
  /** The `token` parameter; only the multivariant playlist is asked for with one. */
  readonly token: string | undefined;
  /** The Origin header. */
  readonly origin: string | undefined;
  /** What {@link Admission.session} was for the multivariant playlist; undefined at that stage. */
  readonly session: Session | undefined;
  /** What is on air; undefined while the channel is offline. */
  readonly format: StreamFormat | undefined;
}

/** The fetch is served. */
export interface Admission<Session> {
  readonly allowed: true;
  /** What later fetches of the same viewing are judged by, for example a token's claims. */
  readonly session: Session;
}

/** The fetch is refused. */
export interface Denial {
  readonly allowed: false;
  readonly status: number;
  /** Sent as JSON. */
  readonly body: unknown;
}

/** Decides whether a fetch is served. */
export type Authorize<Session> = (
  fetch: PlaybackFetch<Session>,
) => Admission<Session> | Denial | Promise<Admission<Session> | Denial>;
