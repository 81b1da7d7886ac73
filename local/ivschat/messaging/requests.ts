import { newId } from "../../service-model/identifiers.ts";
import type { Room } from "../room.ts";
import type { Connection } from "./connection.ts";
import { deleteMessageAttributes, type EventFrame, type MessageFrame } from "./frames.ts";
import { MOST_CONTENT_CODE_POINTS, REQUESTS_PER_SECOND } from "./limits.ts";
import { type ChatRequest, readFields, readRequest, requestIdOf } from "./request.ts";
import { RequestError } from "./request-error.ts";
import { type InvokeReview, reviewMessage, type Verdict } from "./review.ts";
import type { RoomHub } from "./room-hub.ts";
import type { Stamp } from "./send-time.ts";
import type { ChatStore } from "./store.ts";

/** What requests need of the engine. */
export interface RequestContext {
  readonly store: ChatStore;
  readonly invokeReview: InvokeReview;
  readonly now: () => number;
  readonly stamps: () => Stamp;
  readonly report: (line: string) => void;
  readonly hubOf: (roomArn: string) => RoomHub;
  readonly sendEvent: (
    roomArn: string,
    event: Pick<EventFrame, "Id" | "RequestId" | "EventName" | "Attributes">,
  ) => Promise<void>;
  readonly disconnectUser: (
    roomArn: string,
    userId: string,
    reason: string | undefined,
    requestId: string,
  ) => Promise<void>;
  readonly expire: (connection: Connection, requestId: string) => void;
}

type SendMessage = Extract<ChatRequest, { readonly action: "SEND_MESSAGE" }>;

/** What the review says of a message; at once where the room has no handler. */
const judge = (
  { invokeReview, report }: RequestContext,
  { claims, ip }: Connection,
  { arn, messageReviewHandler: handler }: Room,
  { content, attributes }: SendMessage,
  messageId: string,
): Promise<Verdict> => {
  if (handler === undefined || handler.uri === "") return Promise.resolve({ result: "ALLOW", content, attributes });
  const payload = {
    Content: content,
    MessageId: messageId,
    RoomArn: arn,
    Attributes: attributes ?? {},
    Sender: { Attributes: claims.attributes, UserId: claims.userId, Ip: ip },
  };
  return reviewMessage(invokeReview, handler, payload, { content, attributes }, report);
};

const sendMessage = (
  context: RequestContext,
  connection: Connection,
  room: Room,
  request: SendMessage,
  requestId: string,
) => {
  const hub = context.hubOf(room.arn);
  const rate = room.maximumMessageRatePerSecond;
  if (!hub.bucket(rate, context.now())) {
    throw new RequestError(429, `The room takes at most ${rate} messages a second`);
  }
  const id = newId();
  const stamp = context.stamps();
  const { userId, attributes: senderAttributes } = connection.claims;
  const delivery = judge(context, connection, room, request, id).then((verdict) => {
    if (verdict.result === "DENY") {
      connection.refuse(requestId, 406, verdict.reason, id);
      return undefined;
    }
    const frame: MessageFrame = {
      Type: "MESSAGE",
      Id: id,
      RequestId: requestId,
      Attributes: verdict.attributes ?? null,
      Content: verdict.content,
      SendTime: stamp.sendTime,
      Sender: { UserId: userId, Attributes: senderAttributes },
    };
    return { frame, stamp };
  });
  return hub.deliver(delivery);
};

const carryOut = async (context: RequestContext, connection: Connection, text: string): Promise<void> => {
  const fields = readFields(text);
  const requestId = requestIdOf(fields);
  try {
    // The timer that ends a session stands still while the machine sleeps.
    if (context.now() >= connection.claims.sessionExpires) return context.expire(connection, requestId);
    if (!connection.bucket(REQUESTS_PER_SECOND, context.now())) {
      throw new RequestError(429, `A connection may make at most ${REQUESTS_PER_SECOND} requests a second`);
    }
    const { roomArn, capabilities } = connection.claims;
    const room = context.store.room(roomArn);
    const request = readRequest(fields, room?.maximumMessageLength ?? MOST_CONTENT_CODE_POINTS);
    if (!capabilities.includes(request.action)) {
      throw new RequestError(403, `The chat token lacks the capability ${request.action}`);
    }
    if (room === undefined) throw new RequestError(404, "The room does not exist");
    switch (request.action) {
      case "SEND_MESSAGE":
        return await sendMessage(context, connection, room, request, requestId);
      case "DELETE_MESSAGE": {
        const event = { Id: newId(), RequestId: requestId, EventName: "aws:DELETE_MESSAGE" };
        const { messageId, reason } = request;
        return await context.sendEvent(roomArn, { ...event, Attributes: deleteMessageAttributes(messageId, reason) });
      }
      case "DISCONNECT_USER":
        return await context.disconnectUser(roomArn, request.userId, request.reason, requestId);
    }
  } catch (error) {
    if (error instanceof RequestError) return connection.refuse(requestId, error.code, error.message);
    context.report(`A chat request failed: ${(error as Error).stack}`);
    connection.refuse(requestId, 500, "The request failed unexpectedly");
  }
};

/**
 * Carries out one frame of a client. What goes wrong reaches that client alone, as an ERROR frame; there is no other
 * answer than the message or event that everyone gets.
 */
export const serveRequest = (context: RequestContext, connection: Connection, text: string): void => {
  if (connection.isOpen) void carryOut(context, connection, text);
};
