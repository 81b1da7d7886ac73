import { createHash } from "node:crypto";
import { placeOf } from "../service-model/arn.ts";
import { idOf } from "../service-model/identifiers.ts";
import type { Rates } from "../service-model/rates.ts";
import type { Place } from "../service-model/state.ts";
import { type LiveStreams, nothingLive } from "./live-streams.ts";

/** How many of each an account may have in a region. */
interface IvsQuotas {
  /** @default 20000 (unverified) */
  readonly channels: number;
  /** @default 1, documented; a stream key is reset by deleting it and creating another */
  readonly streamKeysPerChannel: number;
  /** @default 20 (unverified) */
  readonly recordingConfigurations: number;
  /** @default 3 (unverified) */
  readonly playbackKeyPairs: number;
  /** @default 20 (unverified) */
  readonly playbackRestrictionPolicies: number;
  /** @default 20 (unverified) */
  readonly adConfigurations: number;
}

/** A channel, as addresses are made from it. */
export interface ChannelAddress extends Place {
  readonly arn: string;
  readonly id: string;
}

/** What can be set about the IVS control plane. */
export interface IvsOptions {
  /** Milliseconds since 1970. @default the system's clock */
  readonly now?: () => number;
  /** The bare host that encoders send to. @default a host in the service's form, where nothing answers */
  readonly ingestEndpoint?: (channel: ChannelAddress) => string;
  /** The address of the multivariant playlist. @default an address in the service's form, where nothing answers */
  readonly playbackUrl?: (channel: ChannelAddress) => string;
  /** How long a recording configuration is CREATING, in milliseconds. @default 500 */
  readonly settleMilliseconds?: number;
  readonly quotas?: Partial<IvsQuotas>;
  /** Calls per second by operation; the service's own are `ivsRates`. @default no limit */
  readonly rates?: Rates;
  /** The engine that carries the video. @default nothing is ever live */
  readonly liveStreams?: LiveStreams;
  /** The region of a bucket, or undefined where that is not known. @default not known */
  readonly bucketRegion?: (bucketName: string, accountId: string) => Promise<string | undefined>;
}

const defaultQuotas: IvsQuotas = {
  channels: 20_000,
  streamKeysPerChannel: 1,
  recordingConfigurations: 20,
  playbackKeyPairs: 3,
  playbackRestrictionPolicies: 20,
  adConfigurations: 20,
};

/** Twelve hexadecimal digits that stay the same for an account, as in the service's host names. */
const hostPrefix = (accountId: string) => createHash("sha256").update(accountId).digest("hex").slice(0, 12);

const serviceIngestEndpoint = ({ accountId }: ChannelAddress) =>
  `${hostPrefix(accountId)}.global-contribute.live-video.net`;

const servicePlaybackUrl = ({ accountId, region, id }: ChannelAddress) =>
  `https://${hostPrefix(accountId)}.${region}.playback.live-video.net/api/video/v1/${region}.${accountId}.channel.${id}.m3u8`;

/** All options, with defaults where none were given. */
export type IvsSettings = Required<Omit<IvsOptions, "quotas" | "rates">> & { readonly quotas: IvsQuotas };

/** Fills in the defaults. */
export const withDefaults = (options: IvsOptions): IvsSettings => ({
  now: options.now ?? Date.now,
  ingestEndpoint: options.ingestEndpoint ?? serviceIngestEndpoint,
  playbackUrl: options.playbackUrl ?? servicePlaybackUrl,
  settleMilliseconds: options.settleMilliseconds ?? 500,
  quotas: { ...defaultQuotas, ...options.quotas },
  liveStreams: options.liveStreams ?? nothingLive,
  bucketRegion: options.bucketRegion ?? (async () => undefined),
});

/** The parts of a channel's ARN that addresses are made of. */
export const addressOf = (arn: string): ChannelAddress => ({ arn, id: idOf(arn), ...placeOf(arn) });
