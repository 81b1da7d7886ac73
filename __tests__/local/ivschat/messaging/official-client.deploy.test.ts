import { CreateChatTokenCommand, DeleteRoomCommand, SendEventCommand } from "@aws-sdk/client-ivschat";
import {
  ChatRoom,
  type ChatRoomListenerMap,
  DeleteMessageRequest,
  DisconnectUserRequest,
  SendMessageRequest,
} from "amazon-ivs-chat-messaging";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { reviewed, startRooms } from "./fixture.ts";

type Rooms = Awaited<ReturnType<typeof startRooms>>;

// The client is made for browsers and takes WebSocket from the global object, which Node 20 does not have.
beforeAll(() => {
  Object.assign(globalThis, { WebSocket });
});

const everything = ["SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER"] as const;

/** A user of Amazon's own client, connected, with everything that it tells written down by event. */
const enter = async (rooms: Rooms, roomIdentifier: string, userId: string, capabilities = [...everything]) => {
  let tokens = 0;
  const room = new ChatRoom({
    regionOrUrl: rooms.url,
    maxReconnectAttempts: 1,
    tokenProvider: async () => {
      tokens += 1;
      const input = { roomIdentifier, userId, capabilities: [...capabilities], attributes: { badge: userId } };
      const {
        token = "",
        sessionExpirationTime,
        tokenExpirationTime,
      } = await rooms.chat.send(new CreateChatTokenCommand(input));
      return { token, sessionExpirationTime, tokenExpirationTime };
    },
  });
  room.logLevel = "error";
  room.logger = { debug: () => {}, info: () => {}, error: () => {} };
  onTestFinished(() => room.disconnect());
  const happened = <Name extends keyof ChatRoomListenerMap>(name: Name) =>
    new Promise<Parameters<ChatRoomListenerMap[Name]>[0]>((resolve) => {
      room.addListener(name, ((what: never) => resolve(what)) as ChatRoomListenerMap[Name]);
    });
  const connected = happened("connect");
  room.connect();
  await connected;
  return { room, happened, tokens: () => tokens };
};

const start = async (options: Parameters<typeof startRooms>[0] = {}) => {
  const rooms = await startRooms(options);
  const messageReviewHandler = options.invokeReview ? { ...reviewed, fallbackResult: "DENY" as const } : undefined;
  const { arn } = await rooms.createRoom({ messageReviewHandler });
  const [ann, bob] = [await enter(rooms, arn, "ann"), await enter(rooms, arn, "bob")];
  return { rooms, arn, ann, bob };
};

describe("Amazon's chat client", () => {
  test("sends, and receives what others send", async () => {
    const { ann, bob } = await start();
    const received = bob.happened("message");
    const sent = await ann.room.sendMessage(new SendMessageRequest("Hello 👋", { colour: "red" }));
    expect(sent).toMatchObject({ content: "Hello 👋", attributes: { colour: "red" } });
    expect(sent.sender).toEqual({ userId: "ann", attributes: { badge: "ann" } });
    expect(Math.abs(sent.sendTime.getTime() - Date.now())).toBeLessThan(5000);
    expect(await received).toEqual(sent);
  });

  test("deletes a message", async () => {
    const { ann, bob } = await start();
    const { id } = await ann.room.sendMessage(new SendMessageRequest("spam"));
    const deleted = bob.happened("messageDelete");
    await ann.room.deleteMessage(new DeleteMessageRequest(id, "spam"));
    expect(await deleted).toMatchObject({ messageId: id, reason: "spam" });
  });

  test("disconnects a user, whose client does not come back", async () => {
    const { ann, bob } = await start();
    const [told, disconnected] = [bob.happened("userDisconnect"), bob.happened("disconnect")];
    await ann.room.disconnectUser(new DisconnectUserRequest("bob", "rude"));
    expect(await told).toMatchObject({ userId: "bob", reason: "rude" });
    expect(await disconnected).toBe("serverDisconnect");
    expect([bob.room.state, bob.tokens()]).toEqual(["disconnected", 1]);
    await ann.room.sendMessage(new SendMessageRequest("bye"));
  });

  test("is denied a message with the handler's reason", async () => {
    const invokeReview = async (_: string, { Content }: { Content: string }) =>
      Content === "bad"
        ? { ReviewResult: "DENY", Content, Attributes: { Reason: "WORD: not here" } }
        : { ReviewResult: "ALLOW", Content: `${Content}!`, Attributes: {} };
    const { ann } = await start({ invokeReview });
    const denied = ann.room.sendMessage(new SendMessageRequest("bad"));
    await expect(denied).rejects.toMatchObject({ errorCode: 406, errorMessage: "WORD: not here" });
    expect((await ann.room.sendMessage(new SendMessageRequest("good"))).content).toBe("good!");
  });

  test("is refused what its token does not allow, and what is too long", async () => {
    const { rooms, arn, ann } = await start();
    const guest = await enter(rooms, arn, "guest", []);
    await expect(guest.room.sendMessage(new SendMessageRequest("x"))).rejects.toMatchObject({ errorCode: 403 });
    await expect(ann.room.sendMessage(new SendMessageRequest("x".repeat(501)))).rejects.toMatchObject({
      errorCode: 413,
    });
    const spam = Array.from({ length: 12 }, (_, index) => ann.room.sendMessage(new SendMessageRequest(String(index))));
    const outcomes = await Promise.allSettled(spam);
    const codes = outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.reason.errorCode : 0));
    expect(codes.filter((code) => code === 429).length).toBeGreaterThanOrEqual(1);
  });

  test("is told of events from the server and of a deleted room", async () => {
    const { rooms, arn, ann } = await start();
    const event = ann.happened("event");
    const input = { roomIdentifier: arn, eventName: "quiz", attributes: { question: "Why?" } };
    const { id } = await rooms.chat.send(new SendEventCommand(input));
    expect(await event).toMatchObject({ id, eventName: "quiz", attributes: { question: "Why?" } });
    const disconnected = ann.happened("disconnect");
    await rooms.chat.send(new DeleteRoomCommand({ identifier: arn }));
    expect(await disconnected).toBe("serverDisconnect");
  });

  test("comes back with a new token when its session has expired", async () => {
    let ahead = 0;
    const now = () => Date.now() + ahead;
    const { ann } = await start({ now, chat: { now } });
    ahead = 3_600_000;
    const reconnected = ann.happened("connect");
    await expect(ann.room.sendMessage(new SendMessageRequest("late"))).rejects.toMatchObject({ errorCode: 401 });
    await reconnected;
    expect((await ann.room.sendMessage(new SendMessageRequest("back"))).content).toBe("back");
    expect(ann.tokens()).toBe(2);
  });

  test("gives up where every token is refused", async () => {
    const { rooms } = await start();
    const room = new ChatRoom({
      regionOrUrl: rooms.url,
      maxReconnectAttempts: 2,
      tokenProvider: async () => ({ token: "made-up" }),
    });
    room.logger = { debug: () => {}, info: () => {}, error: () => {} };
    const disconnected = new Promise((resolve) => room.addListener("disconnect", resolve));
    room.connect();
    expect(await disconnected).toBe("socketError");
  });
});
