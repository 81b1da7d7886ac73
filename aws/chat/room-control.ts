import {
  DeleteMessageCommand,
  DisconnectUserCommand,
  type IvschatClient,
  ResourceNotFoundException,
  SendEventCommand,
} from "@aws-sdk/client-ivschat";
import type { RoomControl } from "#domain/chat/ports.ts";

/** In a room that was deleted nobody is left to be told. */
async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}

/** What moderators do in rooms, by IVS Chat. Each call throws the service's error, for example ThrottlingException. */
export const createRoomControl = (client: IvschatClient): RoomControl => ({
  disconnect: (roomIdentifier, userId, reason) =>
    unlessGone(client.send(new DisconnectUserCommand({ roomIdentifier, userId, reason }))),
  deleteMessage: (roomIdentifier, id) => unlessGone(client.send(new DeleteMessageCommand({ roomIdentifier, id }))),
  sendEvent: (roomIdentifier, eventName, attributes) =>
    unlessGone(client.send(new SendEventCommand({ roomIdentifier, eventName, attributes: { ...attributes } }))),
});
