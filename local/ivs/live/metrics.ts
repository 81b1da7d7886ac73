import type { MetricValue } from "../../clients/metrics.ts";
import type { Measurement } from "../../media/flv/meter.ts";
import { placeOf } from "../../service-model/arn.ts";
import { idOf } from "../../service-model/identifiers.ts";
import { type Place, placeKey } from "../../service-model/state.ts";

/** One live stream, as it comes in and as it is watched. */
export interface StreamMeasurement {
  readonly channelArn: string;
  readonly measured: Measurement;
  readonly viewers: number;
}

/** The namespace, the metrics' names and units, and that channels are told apart by their id, are unverified. */
export const IVS_METRICS = { namespace: "AWS/IVS", dimension: "Channel" } as const;

const valuesOf = ({ channelArn, measured, viewers }: StreamMeasurement): MetricValue[] => {
  const dimensions = { [IVS_METRICS.dimension]: idOf(channelArn) };
  const { videoBitsPerSecond, audioBitsPerSecond, framesPerSecond, keyframeIntervalSeconds } = measured;
  return [
    { name: "IngestVideoBitrate", value: videoBitsPerSecond, unit: "Bits/Second", dimensions },
    { name: "IngestAudioBitrate", value: audioBitsPerSecond, unit: "Bits/Second", dimensions },
    { name: "IngestFramerate", value: framesPerSecond, unit: "Count/Second", dimensions },
    ...(keyframeIntervalSeconds === undefined
      ? []
      : [{ name: "KeyframeInterval", value: keyframeIntervalSeconds, unit: "Seconds" as const, dimensions }]),
    { name: "ConcurrentViews", value: viewers, unit: "Count", dimensions },
  ];
};

/** The service's metrics of some streams, for each account and region: by channel, and all views together. */
export const ivsMetrics = (
  streams: readonly StreamMeasurement[],
): readonly (Place & { readonly values: readonly MetricValue[] })[] => {
  const places = new Map<string, Place & { values: MetricValue[]; views: number }>();
  for (const stream of streams) {
    const where = placeOf(stream.channelArn);
    const key = placeKey(where);
    const place = places.get(key) ?? { ...where, values: [], views: 0 };
    place.values.push(...valuesOf(stream));
    place.views += stream.viewers;
    places.set(key, place);
  }
  return [...places.values()].map(({ views, values, ...place }) => ({
    ...place,
    values: [...values, { name: "ConcurrentViews", value: views, unit: "Count", dimensions: {} }],
  }));
};
