import type { Shapes } from "../service-model/generated/ivs.types.ts";

/** A stream that is on air. */
export interface LiveStream {
  readonly channelArn: string;
  /** `st-` and 23 letters and digits. */
  readonly streamId: string;
  /** ISO 8601. */
  readonly startTime: string;
  readonly health: Shapes["StreamHealth"];
  readonly viewerCount: number;
}

/** One broadcast, running or over. */
export type StreamSession = Shapes["StreamSession"] & {
  readonly streamId: string;
  /** ISO 8601. */
  readonly startTime: string;
  readonly hasErrorEvent: boolean;
};

/**
 * What the control plane needs from the engine that carries the video. It is asked only about channels that exist, and
 * to act, where nothing else is said, only on live ones. It may refuse with a ServiceError, for example StreamUnavailable.
 */
export interface LiveStreams {
  /** The stream that is on air on a channel; undefined while it is offline. */
  find(channelArn: string): LiveStream | undefined;
  /** Every stream on air in one account and region. */
  list(accountId: string, region: string): readonly LiveStream[];
  /** The sessions of a channel, in any order. */
  sessions(channelArn: string): readonly StreamSession[];
  /** Disconnects the encoder of a live channel. */
  stop(channelArn: string): Promise<void>;
  /** The channel is about to be deleted: disconnects an encoder that is not live yet, and ends what waits for one. */
  forget(channelArn: string): Promise<void>;
  /** Puts text of at most 1 KB into the video of a live channel. */
  putMetadata(channelArn: string, metadata: string): Promise<void>;
  /** Marks an ad break of so many seconds in the playlists of a live channel. */
  insertAdBreak(channelArn: string, adBreakId: string, durationSeconds: number): Promise<void>;
}

/** No engine: every channel is offline and never was live. */
export const nothingLive: LiveStreams = {
  find: () => undefined,
  list: () => [],
  sessions: () => [],
  stop: async () => {},
  forget: async () => {},
  putMetadata: async () => {},
  insertAdBreak: async () => {},
};
