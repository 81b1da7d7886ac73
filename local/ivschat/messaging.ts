import { find } from "../service-model/find.ts";
import { newId } from "../service-model/identifiers.ts";
import { deleteMessageAttributes } from "./messaging/frames.ts";
import type { Operation } from "./state.ts";

/** How long a token can be used to connect. Documented as about a minute. */
const tokenMilliseconds = 60_000;

export const createChatToken: Operation<"CreateChatToken"> = ({ tables, now, sealToken }, input) => {
  const { arn: roomArn } = find(tables.rooms, input.roomIdentifier);
  const tokenExpires = now + tokenMilliseconds;
  const sessionExpires = now + (input.sessionDurationInMinutes ?? 60) * 60_000;
  const token = sealToken({
    id: newId(),
    roomArn,
    userId: input.userId,
    capabilities: [...new Set(input.capabilities)],
    attributes: input.attributes ?? {},
    tokenExpires,
    sessionExpires,
  });
  return {
    token,
    tokenExpirationTime: new Date(tokenExpires).toISOString(),
    sessionExpirationTime: new Date(sessionExpires).toISOString(),
  };
};

export const sendEvent: Operation<"SendEvent"> = async ({ tables, settings, requestId }, input) => {
  const { arn } = find(tables.rooms, input.roomIdentifier);
  const id = newId();
  await settings.chatRooms.send(arn, { id, requestId, eventName: input.eventName, attributes: input.attributes ?? {} });
  return { id };
};

export const deleteMessage: Operation<"DeleteMessage"> = async ({ tables, settings, requestId }, input) => {
  const { arn } = find(tables.rooms, input.roomIdentifier);
  const id = newId();
  const attributes = deleteMessageAttributes(input.id, input.reason);
  await settings.chatRooms.send(arn, { id, requestId, eventName: "aws:DELETE_MESSAGE", attributes });
  return { id };
};

export const disconnectUser: Operation<"DisconnectUser"> = async ({ tables, settings }, input) => {
  const { arn } = find(tables.rooms, input.roomIdentifier);
  await settings.chatRooms.disconnect(arn, input.userId, input.reason);
  return {};
};
