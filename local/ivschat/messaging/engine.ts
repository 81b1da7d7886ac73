import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { newId } from "../../service-model/identifiers.ts";
import type { ChatRooms } from "../chat-rooms.ts";
import type { ChatTokenClaims } from "../chat-token.ts";
import { type ChatLogEntry, recordOf } from "../logging/record.ts";
import type { LoggingConfiguration } from "../logging-configuration.ts";
import { createAdmission } from "./admission.ts";
import { type Connection, createConnection } from "./connection.ts";
import { disconnectUserAttributes, type EventFrame } from "./frames.ts";
import { refuseHandshake, tokenOf } from "./handshake.ts";
import { MOST_FRAME_BYTES, PING_MILLISECONDS } from "./limits.ts";
import { type Meter, noMeter } from "./meter.ts";
import { serveRequest } from "./requests.ts";
import type { InvokeReview } from "./review.ts";
import { createRoomHub, type Delivery, type RoomHub } from "./room-hub.ts";
import { createStamps } from "./send-time.ts";
import type { ChatStore } from "./store.ts";

/** What messaging is made of. */
export interface MessagingOptions {
  readonly store: ChatStore;
  /** What a chat token says, expired or not; undefined where the service did not make it. */
  readonly openToken: (token: string) => ChatTokenClaims | undefined;
  readonly invokeReview: InvokeReview;
  /** Takes each delivered message and event, once for each of the room's active logging configurations; must not throw. */
  readonly writeChatLog: (configuration: LoggingConfiguration, entry: ChatLogEntry) => void;
  /** @default nothing is measured */
  readonly meter?: Meter;
  /** Milliseconds since 1970. @default the system's clock */
  readonly now?: () => number;
  /** How often clients are pinged, in milliseconds. @default 30000 */
  readonly pingMilliseconds?: number;
  /** Told, in a line that holds no message and no token, what went wrong. @default nobody */
  readonly report?: (line: string) => void;
}

/** The engine that holds the WebSocket connections. */
export interface Messaging {
  /** For the control plane. */
  readonly rooms: ChatRooms;
  /** Takes over a request for a WebSocket, whatever its path. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly connections: number;
  /** Since the start; a message to three clients counts three times. */
  readonly messagesDelivered: number;
  /** Ends every connection. */
  stop(): Promise<void>;
}

/** WebSocket close codes; which ones the service uses is unverified. The official client takes 1000 for final. */
const CLOSED_BY_SERVICE = 1000;
const GOING_AWAY = 1001;
const STOP_MILLISECONDS = 500;

/** Starts the engine; nothing listens until the edge hands over a connection. */
export const startMessaging = (options: MessagingOptions): Messaging => {
  const { store, meter = noMeter, now = Date.now, report = () => {} } = options;
  const stamps = createStamps(now);
  const admit = createAdmission(options.openToken, (arn) => store.room(arn) !== undefined, now);
  const hubs = new Map<string, RoomHub>();
  const connections = new Set<Connection>();
  let messagesDelivered = 0;

  const log = (roomArn: string, { frame, stamp }: Delivery) => {
    const room = store.room(roomArn);
    if (room === undefined) return;
    const entry = { roomArn, record: recordOf(frame, stamp.milliseconds) };
    for (const configuration of store.loggingConfigurations(room, now())) options.writeChatLog(configuration, entry);
  };

  const hubOf = (roomArn: string): RoomHub => {
    const existing = hubs.get(roomArn);
    if (existing) return existing;
    const hub = createRoomHub((delivery, count) => {
      messagesDelivered += count;
      meter.delivered(roomArn, count);
      log(roomArn, delivery);
    });
    hubs.set(roomArn, hub);
    return hub;
  };

  const sendEvent = (roomArn: string, event: Pick<EventFrame, "Id" | "RequestId" | "EventName" | "Attributes">) => {
    const stamp = stamps();
    const frame: EventFrame = { Type: "EVENT", ...event, SendTime: stamp.sendTime };
    return hubOf(roomArn).deliver(Promise.resolve({ frame, stamp }));
  };

  const disconnectUser = async (roomArn: string, userId: string, reason: string | undefined, requestId: string) => {
    const event = { Id: newId(), RequestId: requestId, EventName: "aws:DISCONNECT_USER" };
    await sendEvent(roomArn, { ...event, Attributes: disconnectUserAttributes(userId, reason) });
    hubOf(roomArn).end(CLOSED_BY_SERVICE, "disconnected", userId);
  };

  const expire = (connection: Connection, requestId = "") => {
    connection.refuse(requestId, 401, "The session has expired");
    connection.end(CLOSED_BY_SERVICE, "the session has expired");
  };

  const { invokeReview } = options;
  const context = { store, invokeReview, now, stamps, report, hubOf, sendEvent, disconnectUser, expire };

  const accept = (socket: WebSocket, claims: ChatTokenClaims, ip: string) => {
    const connection = createConnection(socket, claims, ip);
    const hub = hubOf(claims.roomArn);
    const expiry = setTimeout(() => expire(connection), claims.sessionExpires - now());
    connections.add(connection);
    hub.join(connection);
    meter.connected(claims.roomArn);
    // Binary frames are no requests, whatever they hold.
    socket.on("message", (data, isBinary) => {
      meter.requested(claims.roomArn);
      serveRequest(context, connection, isBinary ? "" : data.toString());
    });
    // The connection closes by itself: a frame that is too long or not UTF-8 is the client's doing.
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(expiry);
      hub.leave(connection);
      connections.delete(connection);
      meter.disconnected(claims.roomArn);
    });
  };

  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MOST_FRAME_BYTES,
    handleProtocols: ([token = ""]) => token,
  });
  const pings = setInterval(() => {
    for (const connection of connections) connection.checkAlive();
  }, options.pingMilliseconds ?? PING_MILLISECONDS);
  pings.unref();

  return {
    rooms: {
      send: (roomArn, { id, requestId, eventName, attributes }) =>
        sendEvent(roomArn, { Id: id, RequestId: requestId, EventName: eventName, Attributes: attributes }),
      disconnect: (roomArn, userId, reason) => disconnectUser(roomArn, userId, reason, ""),
      close: async (roomArn) => {
        hubs.get(roomArn)?.end(CLOSED_BY_SERVICE, "the room was deleted");
        hubs.delete(roomArn);
      },
    },
    handleUpgrade: (request, socket, head) => {
      const admitted = admit(tokenOf(request));
      if ("status" in admitted) return refuseHandshake(socket, admitted);
      const ip = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
      server.handleUpgrade(request, socket, head, (webSocket) => accept(webSocket, admitted, ip));
    },
    get connections() {
      return [...connections].filter(({ isOpen }) => isOpen).length;
    },
    get messagesDelivered() {
      return messagesDelivered;
    },
    stop: async () => {
      clearInterval(pings);
      for (const connection of connections) connection.end(GOING_AWAY, "the service stops");
      const deadline = Date.now() + STOP_MILLISECONDS;
      while (connections.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
      for (const connection of connections) connection.cut();
    },
  };
};
