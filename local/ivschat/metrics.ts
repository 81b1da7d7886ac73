import type { MetricValue } from "../clients/metrics.ts";
import { placeOf } from "../service-model/arn.ts";
import { type Place, placeKey } from "../service-model/state.ts";
import type { Meter } from "./messaging/meter.ts";

/** The namespace of the service's metrics (chat user guide, "Monitoring Amazon IVS Chat"). */
export const IVS_CHAT_METRICS = "AWS/IVSChat";

/** What was measured in one account and region. */
interface Measured extends Place {
  connections: number;
  mostConnections: number;
  requests: number;
  deliveries: number;
  /** By the function's ARN. */
  readonly invocationErrors: Map<string, number>;
}

/** A meter that turns into metrics. */
export interface ChatMetrics extends Meter {
  /** A message review handler that could not be invoked, failed or was late. */
  invocationFailed(roomArn: string, uri: string): void;
  /** What was measured since the last call, for each account and region that anything happened in. */
  take(): readonly (Place & { readonly values: readonly MetricValue[] })[];
}

const valuesOf = ({ mostConnections, requests, deliveries, invocationErrors }: Measured): MetricValue[] => [
  { name: "ConcurrentChatConnections", value: mostConnections, unit: "Count" },
  { name: "MessagingRequests", value: requests, unit: "Count" },
  { name: "MessagingDeliveries", value: deliveries, unit: "Count" },
  ...[...invocationErrors].map(
    ([Uri, value]): MetricValue => ({ name: "InvocationErrors", value, unit: "Count", dimensions: { Uri } }),
  ),
];

const isIdle = ({ mostConnections, requests, deliveries, invocationErrors }: Measured): boolean =>
  mostConnections === 0 && requests === 0 && deliveries === 0 && invocationErrors.size === 0;

/** Nothing measured yet. The service adds all rooms of an account and region together. */
export const createChatMetrics = (): ChatMetrics => {
  const places = new Map<string, Measured>();

  const of = (roomArn: string): Measured => {
    const where = placeOf(roomArn);
    const key = placeKey(where);
    const place = places.get(key) ?? {
      ...{ ...where, connections: 0, mostConnections: 0, requests: 0, deliveries: 0 },
      invocationErrors: new Map(),
    };
    places.set(key, place);
    return place;
  };

  return {
    connected: (roomArn) => {
      const place = of(roomArn);
      place.connections += 1;
      place.mostConnections = Math.max(place.mostConnections, place.connections);
    },
    disconnected: (roomArn) => {
      of(roomArn).connections -= 1;
    },
    requested: (roomArn) => {
      of(roomArn).requests += 1;
    },
    delivered: (roomArn, connections) => {
      of(roomArn).deliveries += connections;
    },
    invocationFailed: (roomArn, uri) => {
      const { invocationErrors } = of(roomArn);
      invocationErrors.set(uri, (invocationErrors.get(uri) ?? 0) + 1);
    },
    take: () =>
      [...places.entries()].flatMap(([key, place]) => {
        const { accountId, region, connections } = place;
        places.set(key, {
          ...{ accountId, region, connections, mostConnections: connections, requests: 0, deliveries: 0 },
          invocationErrors: new Map(),
        });
        return isIdle(place) ? [] : [{ accountId, region, values: valuesOf(place) }];
      }),
  };
};
