import { once } from "node:events";
import { connect } from "node:net";
import { DeleteRoomCommand, DisconnectUserCommand, SendEventCommand } from "@aws-sdk/client-ivschat";
import { describe, expect, test } from "vitest";
import { createRoomHub } from "#local/ivschat/messaging/room-hub.ts";
import { anId, aSendTime, connectTo, handshakeRefusal, startRooms } from "./fixture.ts";

describe("a token", () => {
  test("is echoed as the subprotocol and connects once", async () => {
    const { createRoom, tokenFor, url } = await startRooms();
    const token = await tokenFor((await createRoom()).arn);
    expect((await connectTo(url, token)).socket.protocol).toBe(token);
    expect(await handshakeRefusal(url, token)).toBe("403 The chat token was used before");
  });

  test("connects with no capability, to view", async () => {
    const { createRoom, tokenFor, url, join } = await startRooms();
    const room = await createRoom();
    const viewer = await connectTo(url, await tokenFor(room.arn, { userId: "guest" }));
    (await join(room)).send({ Action: "SEND_MESSAGE", Content: "hi" });
    expect((await viewer.next()).Content).toBe("hi");
  });

  test("is missing, made elsewhere, changed or too old: the handshake is refused", async () => {
    let time = Date.now();
    const { createRoom, tokenFor, url } = await startRooms({ now: () => time, chat: { now: () => time } });
    const token = await tokenFor((await createRoom()).arn);
    expect(await handshakeRefusal(url, [])).toMatch(/^401 The chat token is missing/);
    expect(await handshakeRefusal(url, "made-up")).toBe("403 The chat token is not valid");
    expect(await handshakeRefusal(url, `${token}A`)).toBe("403 The chat token is not valid");
    const other = await startRooms();
    const foreign = await other.tokenFor((await other.createRoom()).arn);
    expect(await handshakeRefusal(url, foreign)).toBe("403 The chat token is not valid");
    time += 59_999;
    const fresh = await tokenFor((await createRoom()).arn);
    expect((await connectTo(url, token)).socket.protocol).toBe(token);
    time += 60_000;
    expect(await handshakeRefusal(url, fresh)).toBe("403 The chat token has expired");
  });

  test("of a deleted room is refused", async () => {
    const { createRoom, tokenFor, url, chat } = await startRooms();
    const { arn } = await createRoom();
    const token = await tokenFor(arn);
    await chat.send(new DeleteRoomCommand({ identifier: arn }));
    expect(await handshakeRefusal(url, token)).toBe("404 The room does not exist");
  });
});

describe("a session", () => {
  test("ends at its time with 401 and a close", async () => {
    let ahead = 0;
    const now = () => Date.now() + ahead;
    const { createRoom, join } = await startRooms({ now });
    const room = await createRoom();
    ahead = 59_900;
    const ann = await join(room, "ann", { sessionDurationInMinutes: 1 });
    const text = "The session has expired";
    expect(await ann.next()).toEqual({ Type: "ERROR", Id: anId, RequestId: "", ErrorCode: 401, ErrorMessage: text });
    expect(await ann.closed).toEqual({ code: 1000, reason: "the session has expired" });
  });

  test("refuses a request after its time, though its timer stood still", async () => {
    let time = Date.now();
    const { createRoom, join } = await startRooms({ now: () => time, chat: { now: () => time } });
    const ann = await join(await createRoom(), "ann", { sessionDurationInMinutes: 1 });
    time += 60_000;
    ann.send({ Action: "SEND_MESSAGE", RequestId: "late", Content: "x" });
    expect(await ann.next()).toMatchObject({ RequestId: "late", ErrorCode: 401 });
    expect((await ann.closed).code).toBe(1000);
  });
});

describe("the control plane", () => {
  test("sends events to everyone who is connected", async () => {
    const { createRoom, join, chat } = await startRooms();
    const room = await createRoom();
    const clients = [await join(room), await join(room, "bob")];
    const input = { roomIdentifier: room.arn, eventName: "quiz", attributes: { question: "Why?" } };
    const { id } = await chat.send(new SendEventCommand(input));
    for (const client of clients) {
      expect(await client.next()).toEqual({
        Type: "EVENT",
        Id: id,
        RequestId: expect.any(String),
        EventName: "quiz",
        Attributes: { question: "Why?" },
        SendTime: aSendTime,
      });
    }
  });

  test("disconnects a user", async () => {
    const { createRoom, join, chat } = await startRooms();
    const room = await createRoom();
    const [ann, bob] = [await join(room), await join(room, "bob")];
    await chat.send(new DisconnectUserCommand({ roomIdentifier: room.arn, userId: "bob" }));
    const event = { EventName: "aws:DISCONNECT_USER", RequestId: "", Attributes: { UserId: "bob" } };
    expect([await ann.next(), await bob.next()]).toMatchObject([event, event]);
    expect((await bob.closed).code).toBe(1000);
    ann.send({ Action: "SEND_MESSAGE", Content: "bye" });
    expect((await ann.next()).Content).toBe("bye");
  });

  test("closes every connection to a room that it deletes, and to no other", async () => {
    const { createRoom, join, chat } = await startRooms();
    const [room, other] = [await createRoom(), await createRoom()];
    const [ann, bob, eve] = [await join(room), await join(room, "bob"), await join(other)];
    await chat.send(new DeleteRoomCommand({ identifier: room.arn }));
    expect([await ann.closed, (await bob.closed).code]).toEqual([{ code: 1000, reason: "the room was deleted" }, 1000]);
    eve.send({ Action: "SEND_MESSAGE", Content: "x" });
    expect((await eve.next()).Content).toBe("x");
  });
});

describe("a client that misbehaves", () => {
  test("by a frame above 64 KB is closed with 1009", async () => {
    const { createRoom, join } = await startRooms();
    const ann = await join(await createRoom());
    ann.send("x".repeat(64 * 1024 + 1));
    expect((await ann.closed).code).toBe(1009);
  });

  test("by text that is not UTF-8 is closed with 1007", async () => {
    const { createRoom, join } = await startRooms();
    const ann = await join(await createRoom());
    ann.socket.send(Buffer.from([0xff]), { binary: false });
    expect((await ann.closed).code).toBe(1007);
  });

  test("by answering no ping is cut off; one that answers stays", async () => {
    const { createRoom, join, messaging, tokenFor, url } = await startRooms({ pingMilliseconds: 40 });
    const room = await createRoom();
    const [ann, bob] = [await join(room), await connectTo(url, await tokenFor(room.arn), { autoPong: false })];
    expect((await bob.closed).code).toBe(1006);
    for (const _ of "123") await once(ann.socket, "ping");
    expect(messaging.connections).toBe(1);
  });

  test("by not reading is cut off, and holds up nobody", async () => {
    const { createRoom, join, messaging } = await startRooms();
    const room = await createRoom();
    const [slow, ann] = [await join(room, "slow"), await join(room)];
    slow.socket.pause();
    const attributes = { filling: "x".repeat(64 * 1024) };
    let sent = 0;
    while (messaging.connections > 1 && sent < 400) {
      await messaging.rooms.send(room.arn, { id: `id${sent}`, requestId: "", eventName: "fill", attributes });
      sent += 1;
      await ann.next();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(messaging.connections).toBe(1);
    expect(ann.frames).toHaveLength(sent);
  });

  test("by hanging up during the handshake does no harm", async () => {
    const { createRoom, tokenFor, url, messaging, join } = await startRooms();
    const room = await createRoom();
    const [, , address = ""] = url.split("/");
    const [host = "", port = ""] = address.split(":");
    for (const token of ["bad", await tokenFor(room.arn)]) {
      const socket = connect(Number(port), host);
      const lines = ["GET / HTTP/1.1", `Host: ${address}`, "Upgrade: websocket", "Connection: Upgrade"];
      const keys = ["Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version: 13"];
      socket.write(`${[...lines, ...keys, `Sec-WebSocket-Protocol: ${token}`].join("\r\n")}\r\n\r\n`);
      socket.resetAndDestroy();
    }
    const ann = await join(room);
    ann.send({ Action: "SEND_MESSAGE", Content: "x" });
    expect((await ann.next()).Content).toBe("x");
    await expect.poll(() => messaging.connections).toBe(1);
  });
});

test("stopping closes every connection with 1001, also of a client that does not answer", async () => {
  const { createRoom, join, messaging } = await startRooms();
  const room = await createRoom();
  const [ann, deaf] = [await join(room), await join(room, "deaf")];
  deaf.socket.pause();
  await messaging.stop();
  expect(await ann.closed).toEqual({ code: 1001, reason: "the service stops" });
  await expect.poll(() => messaging.connections).toBe(0);
});

test("a fault in one delivery does not end the room's", async () => {
  const delivered: string[] = [];
  const hub = createRoomHub(({ frame }) => {
    if (frame.Id === "bad") throw new Error("full disk");
    delivered.push(frame.Id);
  });
  const delivery = (Id: string) => {
    const frame = { Type: "EVENT", Id, RequestId: "", EventName: "e", Attributes: {}, SendTime: "" } as const;
    return hub.deliver(Promise.resolve({ frame, stamp: { milliseconds: 0, sendTime: "" } }));
  };
  const outcomes = await Promise.allSettled([delivery("one"), delivery("bad"), delivery("two")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(delivered).toEqual(["one", "two"]);
});
