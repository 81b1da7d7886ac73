import type { Place } from "../service-model/state.ts";
import { type Connections, connect, type Emulator } from "./connect.ts";
import { type CloudWatchClient, loadCloudWatch } from "./sdk.ts";

/** One value of a metric. */
export interface MetricValue {
  readonly name: string;
  readonly value: number;
  readonly unit: "Count" | "Bits/Second" | "Count/Second" | "Milliseconds" | "Seconds" | "None";
  /** @default none */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970; the service marks the start of the period that the value is of. @default now */
  readonly time?: number;
  /** @default 60 */
  readonly resolutionSeconds?: 1 | 60;
}

/** CloudWatch PutMetricData. */
export interface Metrics extends Pick<Connections<CloudWatchClient>, "close"> {
  /** @param namespace for example `AWS/IVS` */
  put(place: Place, namespace: string, values: readonly MetricValue[]): Promise<void>;
}

/** The most values that one call takes (API reference). */
const MOST_VALUES = 1000;

const datumOf = ({ name, value, unit, dimensions = {}, time = Date.now(), resolutionSeconds = 60 }: MetricValue) => ({
  MetricName: name,
  Value: value,
  Unit: unit,
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  Timestamp: new Date(time),
  StorageResolution: resolutionSeconds,
});

export const connectMetrics = (emulator: Emulator): Metrics => {
  const { call, close } = connect(emulator, { timeoutMilliseconds: 5000 }, async (settings) => {
    const { CloudWatchClient } = await loadCloudWatch();
    return new CloudWatchClient(settings);
  });
  return {
    put: async (place, Namespace, values) => {
      const { PutMetricDataCommand } = await loadCloudWatch();
      for (let start = 0; start < values.length; start += MOST_VALUES) {
        const MetricData = values.slice(start, start + MOST_VALUES).map(datumOf);
        const command = new PutMetricDataCommand({ Namespace, MetricData });
        await call(place, (client, limits) => client.send(command, limits));
      }
    },
    close,
  };
};
