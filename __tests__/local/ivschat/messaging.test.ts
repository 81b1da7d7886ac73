import { DeleteMessageCommand, DisconnectUserCommand, SendEventCommand } from "@aws-sdk/client-ivschat";
import { describe, expect, test } from "vitest";
import type { ChatEvent, ChatRooms } from "#local/ivschat/chat-rooms.ts";
import { refusalOf, startChat, unknownRoom } from "./fixture.ts";

const listening = () => {
  const sent: [string, ChatEvent][] = [];
  const disconnected: (string | undefined)[][] = [];
  const chatRooms: ChatRooms = {
    send: async (...event) => void sent.push(event),
    disconnect: async (...user) => void disconnected.push(user),
    close: async () => {},
  };
  return { sent, disconnected, chatRooms };
};

const requestId = "00000000-0000-4000-8000-000000000000";

describe("in an empty room", () => {
  test("events, deletions and disconnects succeed and reach nobody", async () => {
    const { chat, createRoom } = await startChat();
    const { arn: roomIdentifier } = await createRoom();
    const event = await chat.send(new SendEventCommand({ roomIdentifier, eventName: "quiz" }));
    expect(event.id).toMatch(/^[A-Za-z0-9]{12}$/);
    const deleted = await chat.send(new DeleteMessageCommand({ roomIdentifier, id: "AbCdEf123456" }));
    expect(deleted.id).toMatch(/^[A-Za-z0-9]{12}$/);
    const { $metadata, ...rest } = await chat.send(new DisconnectUserCommand({ roomIdentifier, userId: "bob" }));
    expect([$metadata.httpStatusCode, rest]).toEqual([200, {}]);
  });
});

describe("with an engine", () => {
  test("an event reaches the room", async () => {
    const { sent, chatRooms } = listening();
    const { chat, createRoom } = await startChat({ chatRooms });
    const { arn: roomIdentifier } = await createRoom();
    const attributes = { question: "Why?" };
    const { id } = await chat.send(new SendEventCommand({ roomIdentifier, eventName: "quiz", attributes }));
    expect(sent).toEqual([[roomIdentifier, { id, requestId, eventName: "quiz", attributes }]]);
  });

  test("deleting a message is an event of its own, with a reason only where one was given", async () => {
    const { sent, chatRooms } = listening();
    const { chat, createRoom } = await startChat({ chatRooms });
    const { arn: roomIdentifier } = await createRoom();
    const message = { roomIdentifier, id: "AbCdEf123456" };
    await chat.send(new DeleteMessageCommand({ ...message, reason: "spam" }));
    await chat.send(new DeleteMessageCommand(message));
    const both = { MessageID: "AbCdEf123456", MessageId: "AbCdEf123456" };
    expect(sent.map(([, { eventName, attributes }]) => [eventName, attributes])).toEqual([
      ["aws:DELETE_MESSAGE", { ...both, Reason: "spam" }],
      ["aws:DELETE_MESSAGE", both],
    ]);
  });

  test("a user is disconnected by name", async () => {
    const { disconnected, chatRooms } = listening();
    const { chat, createRoom } = await startChat({ chatRooms });
    const { arn: roomIdentifier } = await createRoom();
    await chat.send(new DisconnectUserCommand({ roomIdentifier, userId: "bob", reason: "banned" }));
    expect(disconnected).toEqual([[roomIdentifier, "bob", "banned"]]);
  });
});

test("events of more than 1 KB are refused", async () => {
  const { chat, createRoom } = await startChat();
  const { arn: roomIdentifier } = await createRoom();
  const send = (length: number) =>
    chat.send(new SendEventCommand({ roomIdentifier, eventName: "quiz", attributes: { a: "x".repeat(length) } }));
  await send(1023);
  expect(await refusalOf(send(1024))).toMatchObject({ name: "ValidationException", status: 400 });
});

test("a room that does not exist is not found", async () => {
  const { chat } = await startChat();
  for (const call of [
    chat.send(new SendEventCommand({ roomIdentifier: unknownRoom, eventName: "quiz" })),
    chat.send(new DeleteMessageCommand({ roomIdentifier: unknownRoom, id: "AbCdEf123456" })),
    chat.send(new DisconnectUserCommand({ roomIdentifier: unknownRoom, userId: "bob" })),
  ]) {
    expect(await refusalOf(call)).toMatchObject({
      name: "ResourceNotFoundException",
      status: 404,
      resourceType: "ROOM",
    });
  }
});
