import type { Measurement } from "../../media/flv/meter.ts";
import type { Shapes } from "../../service-model/generated/ivs.types.ts";

/** A stream without a picture for so long is starving, in seconds; unverified. */
const STARVING_AFTER_SECONDS = 4;

export const healthOf = ({ secondsWithoutVideo }: Pick<Measurement, "secondsWithoutVideo">): Shapes["StreamHealth"] =>
  secondsWithoutVideo > STARVING_AFTER_SECONDS ? "STARVING" : "HEALTHY";

/** What an IVS Limit Breach event tells. */
export interface LimitBreach {
  readonly limit_name: "Ingest Bitrate" | "Ingest Resolution" | "Concurrent Broadcasts" | "Concurrent Viewers";
  readonly limit_value: number;
  readonly exceeded_by: number;
  readonly limit_unit: string;
}

/** What a channel type takes (user guide, "Channel types"); the units' spelling in events is unverified. */
const INGEST_LIMITS = {
  STANDARD: { bitsPerSecond: 8_500_000, pixels: 1920 * 1080 },
  ADVANCED_HD: { bitsPerSecond: 8_500_000, pixels: 1920 * 1080 },
  ADVANCED_SD: { bitsPerSecond: 8_500_000, pixels: 1920 * 1080 },
  BASIC: { bitsPerSecond: 3_500_000, pixels: 1920 * 1080 },
} as const;

/** What a stream brings more of than its channel's type takes. */
export const ingestBreaches = (
  type: Shapes["ChannelType"],
  { videoBitsPerSecond, audioBitsPerSecond }: Pick<Measurement, "videoBitsPerSecond" | "audioBitsPerSecond">,
  size: { readonly width: number; readonly height: number } | undefined,
): readonly LimitBreach[] => {
  const limits = INGEST_LIMITS[type];
  const breach = (limit_name: LimitBreach["limit_name"], limit_value: number, got: number, limit_unit: string) =>
    got > limit_value ? [{ limit_name, limit_value, exceeded_by: Math.ceil(got - limit_value), limit_unit }] : [];
  const pixels = size === undefined ? 0 : size.width * size.height;
  return [
    ...breach("Ingest Bitrate", limits.bitsPerSecond, videoBitsPerSecond + audioBitsPerSecond, "bits/second"),
    ...breach("Ingest Resolution", limits.pixels, pixels, "pixels"),
  ];
};
