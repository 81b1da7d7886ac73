import type { StreamFormat } from "../hls/segmenter.ts";

/** A fetch that is to be allowed or refused. */
export interface PlaybackRequest<Viewer> {
  readonly channelArn: string;
  /** By default the service checks the multivariant playlist only; strict origin enforcement checks every fetch. */
  readonly stage: "multivariant" | "playlist" | "segment";
  /** The `token` parameter; only the multivariant playlist is asked for with one. */
  readonly token: string | undefined;
  /** The Origin header. */
  readonly origin: string | undefined;
  /** What {@link Admission.viewer} was for the multivariant playlist; undefined at that stage. */
  readonly viewer: Viewer | undefined;
  /** What is on air; undefined while the channel is offline. */
  readonly format: StreamFormat | undefined;
}

export interface Admission<Viewer> {
  readonly allowed: true;
  /** What later stages need to know of the viewer, for example a token's claims. */
  readonly viewer: Viewer;
}

export interface PlaybackRefusal {
  readonly allowed: false;
  readonly status: number;
  /** Goes out as `error` and `error_code`; it must not contain the token. */
  readonly message: string;
  readonly code: string;
}

/** Decides whether a fetch is served. */
export type Authorize<Viewer> = (
  request: PlaybackRequest<Viewer>,
) => Admission<Viewer> | PlaybackRefusal | Promise<Admission<Viewer> | PlaybackRefusal>;
