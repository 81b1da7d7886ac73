import type { Ministack } from "../ministack/process.ts";
import type { Emulator } from "./connect.ts";
import { connectDeliveryStreams, type DeliveryStreams } from "./delivery-streams.ts";
import { connectFunctions, type Functions } from "./functions.ts";
import { connectLogs, type Logs } from "./logs.ts";
import { connectMetrics, type Metrics } from "./metrics.ts";
import { connectObjects, type Objects } from "./objects.ts";
import { createServiceMay, type ServiceMay } from "./service-may.ts";

/**
 * The calls that our engines make into the emulator, as the services that they stand for make them on AWS. They are
 * made as the account's root, which no policy of a bucket or a log group stops.
 */
export interface Clients {
  readonly objects: Objects;
  readonly functions: Functions;
  readonly logs: Logs;
  readonly deliveryStreams: DeliveryStreams;
  readonly metrics: Metrics;
  /** For what only a resource's own policy allows a service. */
  readonly serviceMay: ServiceMay;
  close(): Promise<void>;
}

/** Nothing is loaded or connected until a call is made. */
export const createClients = (emulator: Emulator & { readonly ministack: Pick<Ministack, "call"> }): Clients => {
  const clients = {
    objects: connectObjects(emulator),
    functions: connectFunctions(emulator),
    logs: connectLogs(emulator),
    deliveryStreams: connectDeliveryStreams(emulator),
    metrics: connectMetrics(emulator),
  };
  return {
    ...clients,
    serviceMay: createServiceMay(emulator.ministack),
    close: async () => {
      await Promise.all(Object.values(clients).map(({ close }) => close()));
    },
  };
};
