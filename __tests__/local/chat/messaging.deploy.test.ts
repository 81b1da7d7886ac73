import { DeleteMessageCommand, DisconnectUserCommand, SendEventCommand } from "@aws-sdk/client-ivschat";
import { DeleteMessageRequest, SendMessageRequest } from "amazon-ivs-chat-messaging";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { handshakeRefusal } from "../ivschat/messaging/fixture.ts";
import { type ChatCloud, startChatCloud } from "./fixture.ts";

let cloud: ChatCloud;
let room: string;
/** How far the service's clock is ahead, in milliseconds. */
let ahead = 0;

beforeAll(async () => {
  cloud = await startChatCloud({ now: () => Date.now() + ahead });
});
afterAll(() => cloud?.[Symbol.asyncDispose]());
beforeEach(async () => {
  ahead = 0;
  room = await cloud.createRoom();
});

const enterTwo = async () => [await cloud.enter(room, "viewer-1"), await cloud.enter(room, "viewer-2")] as const;

describe("Amazon's chat client at the cloud's address", () => {
  it("sends, receives and deletes in a room that has no review handler", async () => {
    const [one, two] = await enterTwo();
    const received = two.happened("message");
    const sent = await one.room.sendMessage(new SendMessageRequest("Hello 👋", { colour: "red" }));
    expect(sent).toMatchObject({ content: "Hello 👋", attributes: { colour: "red" }, sender: { userId: "viewer-1" } });
    expect(await received).toEqual(sent);
    const deleted = two.happened("messageDelete");
    await one.room.deleteMessage(new DeleteMessageRequest(sent.id, "spam"));
    expect(await deleted).toMatchObject({ messageId: sent.id, reason: "spam" });
  });

  it("gets the events of the API, and the deletion of a message", async () => {
    const [guest] = await enterTwo();
    const event = guest.happened("event");
    const attributes = { question: "Why?" };
    const { id } = await cloud.api.send(new SendEventCommand({ roomIdentifier: room, eventName: "quiz", attributes }));
    expect(await event).toMatchObject({ id, eventName: "quiz", attributes });
    const { id: messageId } = await guest.room.sendMessage(new SendMessageRequest("buy"));
    const deleted = guest.happened("messageDelete");
    await cloud.api.send(new DeleteMessageCommand({ roomIdentifier: room, id: messageId, reason: "spam" }));
    expect(await deleted).toMatchObject({ messageId, reason: "spam" });
  });

  it("is disconnected by the API and does not come back, while others go on", async () => {
    const [one, two] = await enterTwo();
    const [told, disconnected] = [one.happened("userDisconnect"), two.happened("disconnect")];
    await cloud.api.send(new DisconnectUserCommand({ roomIdentifier: room, userId: "viewer-2", reason: "rude" }));
    expect(await told).toMatchObject({ userId: "viewer-2", reason: "rude" });
    expect(await disconnected).toBe("serverDisconnect");
    expect(two.room.state).toBe("disconnected");
    expect((await one.room.sendMessage(new SendMessageRequest("bye"))).content).toBe("bye");
  });

  it("comes back with a new token when its session has expired", async () => {
    const guest = await cloud.enter(room, "viewer-1", { sessionDurationInMinutes: 1 });
    ahead = 61_000;
    const reconnected = guest.happened("connect");
    await expect(guest.room.sendMessage(new SendMessageRequest("late"))).rejects.toMatchObject({ errorCode: 401 });
    await reconnected;
    expect((await guest.room.sendMessage(new SendMessageRequest("back"))).content).toBe("back");
  });

  it("may not do what its token does not allow", async () => {
    const guest = await cloud.enter(room, "viewer-1", { capabilities: [] });
    await expect(guest.room.sendMessage(new SendMessageRequest("x"))).rejects.toMatchObject({ errorCode: 403 });
  });
});

describe("the cloud's chat address", () => {
  it("takes the token as the subprotocol, and answers with it", async () => {
    const token = await cloud.tokenFor(room);
    const socket = new WebSocket(cloud.url, token);
    onTestFinished(() => socket.terminate());
    await new Promise((resolve, reject) => {
      socket.on("open", resolve);
      socket.on("error", reject);
    });
    expect(socket.protocol).toBe(token);
    expect(await handshakeRefusal(cloud.url, token)).toBe("403 The chat token was used before");
  });

  it("refuses a token a minute after it was made", async () => {
    const token = await cloud.tokenFor(room);
    ahead = 60_000;
    expect(await handshakeRefusal(cloud.url, token)).toBe("403 The chat token has expired");
  });

  it("refuses what no token is", async () => {
    expect(await handshakeRefusal(cloud.url, "made-up")).toBe("403 The chat token is not valid");
  });
});
