import type { Origin } from "../../media/origin/origin.ts";
import type { Authorize, Encoder, Verdict } from "../../media/rtmp/session.ts";
import { placeOf } from "../../service-model/arn.ts";
import { ServiceError } from "../../service-model/error.ts";
import type { Shapes } from "../../service-model/generated/ivs.types.ts";
import { placeKey, type State } from "../../service-model/state.ts";
import type { Channel } from "../channel.ts";
import type { LiveStreams } from "../live-streams.ts";
import { addressOf, type ChannelAddress } from "../options.ts";
import type { Recorder } from "../recording/recorder.ts";
import type { IvsRows } from "../state.ts";
import { createAnnouncer } from "./announce.ts";
import { type ChannelOnAir, createChannelOnAir } from "./channel-on-air.ts";
import type { IvsEvent } from "./ivs-event.ts";
import type { StreamMeasurement } from "./metrics.ts";
import { createStreamSessions } from "./stream-sessions.ts";
import { createViewerQuota } from "./viewer-quota.ts";

/** How much of an account may be on air at once; both are adjustable on the service. */
interface LiveQuotas {
  /** @default 100 (unverified) */
  readonly concurrentBroadcasts: number;
  /** @default 15000 (unverified) */
  readonly concurrentViewers: number;
}

export interface LiveEngineOptions {
  /** Of the control plane, always as it is now. */
  readonly state: () => State<IvsRows>;
  readonly origin: Pick<Origin, "start" | "viewers">;
  readonly recorder: Pick<Recorder, "start">;
  /** Puts an event on the bus; must not throw. */
  readonly emit: (event: IvsEvent) => void;
  /** A channel's addresses, as the API shows them. */
  readonly ingestEndpoint: (channel: ChannelAddress) => string;
  readonly playbackUrl: (channel: ChannelAddress) => string;
  /**
   * Which channels take plain RTMP: those that allow insecure ingest, as on the service, or all.
   * @default where-allowed
   */
  readonly insecureIngest?: "where-allowed" | "everywhere";
  readonly quotas?: Partial<LiveQuotas>;
  /** For how long an encoder that was lost may come back to its viewers, in milliseconds. @default 10000 */
  readonly comeBackMilliseconds?: number;
  /** Milliseconds since 1970. @default the system's clock */
  readonly now?: () => number;
  /** Milliseconds that never go backwards. @default those of this process */
  readonly monotonic?: () => number;
}

/** Makes channels live: judges encoders, keeps sessions, tells the event bus. */
export interface LiveEngine {
  /** For the control plane. */
  readonly liveStreams: LiveStreams;
  /** For the ingest. */
  readonly authorize: Authorize;
  /** What comes in on every live channel, and who watches. */
  measure(): readonly StreamMeasurement[];
  /** Ends the sessions that a cloud left open which was killed. */
  recover(): void;
  /** Looks at the health of every stream; to be called each second. */
  look(): void;
  /** Ends what waits for an encoder to come back. */
  stop(): void;
}

/** Ours; how long the service holds a playlist open for an encoder that was lost is unverified. */
const COME_BACK_MILLISECONDS = 10_000;

const DEFAULT_QUOTAS: LiveQuotas = { concurrentBroadcasts: 100, concurrentViewers: 15_000 };

const placeKeyOf = (channelArn: string) => placeKey(placeOf(channelArn));

export const createLiveEngine = (options: LiveEngineOptions): LiveEngine => {
  const { state, origin, recorder, emit, insecureIngest = "where-allowed", now = Date.now } = options;
  const { monotonic = () => performance.now(), comeBackMilliseconds = COME_BACK_MILLISECONDS } = options;
  const quotas = { ...DEFAULT_QUOTAS, ...options.quotas };
  const sessions = createStreamSessions(state);
  const announce = createAnnouncer(sessions, emit, now);
  const channels = new Map<string, ChannelOnAir>();
  const watchViewers = createViewerQuota(quotas.concurrentViewers, announce);

  const tablesOf = (channelArn: string) => {
    const { accountId, region } = placeOf(channelArn);
    return state().in(accountId, region);
  };
  const channelOf = (channelArn: string): Channel | undefined => tablesOf(channelArn).channels.get(channelArn);

  const showChannel = (channelArn: string): Shapes["Channel"] => ({
    ...channelOf(channelArn),
    ingestEndpoint: options.ingestEndpoint(addressOf(channelArn)),
    playbackUrl: options.playbackUrl(addressOf(channelArn)),
  });

  const record = (channelArn: string, streamId: string) => {
    const { recordingConfigurations } = tablesOf(channelArn);
    const channel = channelOf(channelArn);
    const configuration = recordingConfigurations.get(channel?.recordingConfigurationArn ?? "");
    if (channel === undefined || configuration === undefined) return undefined;
    return recorder.start({ ...addressOf(channelArn), name: channel.name }, configuration, streamId);
  };

  const openChannel = (channelArn: string): ChannelOnAir => {
    const known = channels.get(channelArn);
    if (known !== undefined) return known;
    const opened = createChannelOnAir({
      ...{ channelArn, origin, sessions, announce, now, monotonic, comeBackMilliseconds },
      channel: () => channelOf(channelArn),
      showChannel: () => showChannel(channelArn),
      record: (streamId) => record(channelArn, streamId),
    });
    channels.set(channelArn, opened);
    return opened;
  };

  const findKey = (value: string) => {
    for (const { accountId, region } of state().places()) {
      const key = state()
        .in(accountId, region)
        .streamKeys.all()
        .find((one) => one.value === value);
      if (key !== undefined) return key;
    }
    return undefined;
  };

  const broadcasting = (place: string) =>
    [...channels].filter(([arn, channel]) => channel.broadcasting && placeKeyOf(arn) === place).length;

  const authorize = (streamKey: string, encoder: Encoder): Verdict => {
    const key = findKey(streamKey);
    const channel = key && channelOf(key.channelArn);
    if (channel === undefined) {
      return { refused: "no channel has it; it was mistyped, or deleted when the channel's key was reset" };
    }
    if (!encoder.secure && !channel.insecureIngest && insecureIngest === "where-allowed") {
      return { refused: `channel ${channel.name || channel.arn} takes RTMPS only, since its insecureIngest is false` };
    }
    const place = placeKeyOf(channel.arn);
    const onAir = openChannel(channel.arn);
    const limit = quotas.concurrentBroadcasts;
    if (!onAir.broadcasting && broadcasting(place) >= limit) {
      const breach = { limit_name: "Concurrent Broadcasts", limit_value: limit, exceeded_by: 1 } as const;
      announce.accountLimit(channel.arn, { ...breach, limit_unit: "count" });
      return { refused: `${limit} channels of the account are live already, which is its quota` };
    }
    return onAir.admit(encoder);
  };

  const streamsOf = (place: string) =>
    [...channels].flatMap(([arn, channel]) => (placeKeyOf(arn) === place ? [channel.stream()] : []));

  return {
    authorize,
    liveStreams: {
      find: (channelArn) => channels.get(channelArn)?.stream(),
      list: (accountId, region) => streamsOf(placeKey({ accountId, region })).filter((stream) => stream !== undefined),
      sessions: sessions.of,
      stop: async (channelArn) => channels.get(channelArn)?.stop("the stream was stopped by StopStream"),
      forget: async (channelArn) => {
        const channel = channels.get(channelArn);
        channel?.stop("the channel was deleted");
        channel?.close();
      },
      putMetadata: async (channelArn, text) => channels.get(channelArn)?.putMetadata(text),
      insertAdBreak: async () => {
        throw new ServiceError("ServiceUnavailable", "The local cloud inserts no ads");
      },
    },
    measure: () =>
      [...channels].flatMap(([channelArn, channel]) => {
        const measured = channel.measure();
        return measured === undefined ? [] : [{ channelArn, measured, viewers: origin.viewers(channelArn) }];
      }),
    look: () => {
      for (const [channelArn, channel] of channels) {
        channel.look();
        if (!channel.busy) channels.delete(channelArn);
      }
      watchViewers([...channels.keys()].map((channelArn) => ({ channelArn, viewers: origin.viewers(channelArn) })));
    },
    recover: () => {
      for (const { channelArn, streamId, wasLive } of sessions.open()) {
        const channelName = channelOf(channelArn)?.name ?? "";
        announce.state({ channelArn, channelName, streamId }, "Session Ended");
        if (wasLive) announce.state({ channelArn, channelName, streamId }, "Stream End");
        sessions.update(channelArn, streamId, { endTime: new Date(now()).toISOString() });
      }
    },
    stop: () => {
      for (const channel of channels.values()) channel.close();
    },
  };
};
