import type { Clients } from "./clients/clients.ts";
import { putRegularly } from "./clients/put-regularly.ts";
import { createInvokeReview } from "./ivschat/invoke-review.ts";
import { createChatLogWriter, type LogWaits } from "./ivschat/logging/writer.ts";
import { type Messaging, startMessaging } from "./ivschat/messaging/engine.ts";
import { createChatStore } from "./ivschat/messaging/store.ts";
import { createChatMetrics, IVS_CHAT_METRICS } from "./ivschat/metrics.ts";
import { ivsChatRates } from "./ivschat/rates.ts";
import { createIvsChat, type IvsChat } from "./ivschat/service.ts";
import { placeOf } from "./service-model/arn.ts";

export interface ChatOptions {
  readonly clients: Clients;
  /** Milliseconds since 1970. @default the system's clock */
  readonly now?: () => number;
  /** How long log records wait for others. */
  readonly logWaits?: LogWaits | undefined;
  /** How often metrics are put, in milliseconds. @default 60000 */
  readonly metricsMilliseconds?: number | undefined;
  /** How many API calls a second are taken: as many as on AWS, or any number. @default service */
  readonly rates?: "service" | "none";
  /** Told, in a line that holds no message and no token, what went wrong. */
  readonly report: (line: string) => void;
}

/** Amazon IVS Chat: the control plane, and the connections that it controls. */
export interface Chat extends Pick<Messaging, "handleUpgrade" | "connections" | "messagesDelivered"> {
  readonly service: IvsChat;
  /** Ends every connection and puts the logs that wait. The emulator must still be there. */
  stop(): Promise<void>;
}

const LOG_TYPE = "application/gzip";

/** After the start, which loading the SDK would hold up. */
const LOAD_MILLISECONDS = 1000;

/** Joins chat's parts, and them to the emulator. Clients connect once the edge hands their requests over. */
export const joinChat = (options: ChatOptions): Chat => {
  const { clients, now = Date.now, report } = options;
  const { objects, functions, logs, deliveryStreams, serviceMay } = clients;
  const metrics = createChatMetrics();
  const writer = createChatLogWriter(
    {
      putObject: (place, object) => objects.put(place, { ...object, contentType: LOG_TYPE }),
      createLogStream: logs.createLogStream,
      putLogEvents: logs.putLogEvents,
      putRecordBatch: deliveryStreams.putRecordBatch,
    },
    report,
    options.logWaits,
  );
  const messaging = startMessaging({
    store: createChatStore(() => service.state),
    openToken: (token) => service.openToken(token),
    invokeReview: createInvokeReview(functions, serviceMay, metrics.invocationFailed),
    writeChatLog: writer.write,
    meter: {
      ...metrics,
      connected: (roomArn) => {
        metrics.connected(roomArn);
        // A review has no time to wait for its client.
        void functions.open(placeOf(roomArn));
      },
    },
    now,
    report,
  });
  const service = createIvsChat({
    chatRooms: messaging.rooms,
    rates: options.rates === "none" ? {} : ivsChatRates,
    now,
  });

  const load = setTimeout(functions.load, LOAD_MILLISECONDS).unref();

  const metricsPuts = putRegularly({
    what: "Metrics of chat",
    milliseconds: options.metricsMilliseconds,
    put: async () => {
      for (const { values, ...place } of metrics.take()) await clients.metrics.put(place, IVS_CHAT_METRICS, values);
    },
    report,
  });

  return {
    service,
    handleUpgrade: messaging.handleUpgrade,
    get connections() {
      return messaging.connections;
    },
    get messagesDelivered() {
      return messaging.messagesDelivered;
    },
    stop: async () => {
      clearTimeout(load);
      await metricsPuts.stop();
      await messaging.stop();
      await writer.stop();
    },
  };
};
