import { UpdateRoomCommand } from "@aws-sdk/client-ivschat";
import { describe, expect, test } from "vitest";
import { anId, aSendTime, startRooms } from "./fixture.ts";

const message = (Content: unknown, more = {}) => ({ Action: "SEND_MESSAGE", RequestId: "r", Content, ...more });

describe("a message", () => {
  test("reaches everyone in the room, its sender included", async () => {
    const { createRoom, join } = await startRooms();
    const room = await createRoom();
    const [ann, bob] = [await join(room, "ann", { attributes: { badge: "host" } }), await join(room, "bob")];
    ann.send(message("Hello 👋", { Attributes: { colour: "red" } }));
    const frame = await bob.next();
    expect(frame).toEqual({
      Type: "MESSAGE",
      Id: anId,
      RequestId: "r",
      Attributes: { colour: "red" },
      Content: "Hello 👋",
      SendTime: aSendTime,
      Sender: { UserId: "ann", Attributes: { badge: "host" } },
    });
    expect(await ann.next()).toEqual(frame);
  });

  test("without id and attributes has an empty id and no attributes", async () => {
    const { createRoom, join } = await startRooms();
    const ann = await join(await createRoom());
    ann.send({ Action: "SEND_MESSAGE", Content: "hi" });
    expect(await ann.next()).toMatchObject({ RequestId: "", Attributes: null, Sender: { Attributes: {} } });
  });

  test("never reaches another room", async () => {
    const { createRoom, join } = await startRooms();
    const [here, there] = [await createRoom(), await createRoom()];
    const [ann, bob] = [await join(here), await join(there)];
    ann.send(message("here"));
    bob.send(message("there"));
    expect([(await ann.next()).Content, (await bob.next()).Content]).toEqual(["here", "there"]);
    ann.send({ Action: "DISCONNECT_USER", UserId: "ann" });
    await ann.closed;
    bob.send(message("still there"));
    expect((await bob.next()).Content).toBe("still there");
    expect(bob.frames).toHaveLength(2);
  });

  test("comes to all in the same order, with times that rise", async () => {
    const { createRoom, join } = await startRooms();
    const room = await createRoom({ maximumMessageRatePerSecond: 100 });
    const clients = await Promise.all(["ann", "bob", "eve"].map((userId) => join(room, userId)));
    for (let index = 0; index < 8; index += 1) for (const client of clients) client.send(message(String(index)));
    for (const client of clients) for (let index = 0; index < 24; index += 1) await client.next();
    const [first, ...others] = clients.map(({ frames }) => frames.map(({ Id }) => Id));
    for (const order of others) expect(order).toEqual(first);
    const times = clients[0]?.frames.map(({ SendTime }) => String(SendTime).slice(20, -1).padEnd(9, "0"));
    const full = clients[0]?.frames.map(({ SendTime }, index) => String(SendTime).slice(0, 19) + times?.[index]);
    expect(full).toEqual([...(full ?? [])].sort());
    expect(new Set(full).size).toBe(24);
  });
});

describe("events by clients", () => {
  test("deleting a message tells everyone, with a reason where one is given", async () => {
    const { createRoom, join } = await startRooms();
    const room = await createRoom();
    const [ann, bob] = [await join(room), await join(room, "bob")];
    ann.send({ Action: "DELETE_MESSAGE", RequestId: "d", Id: "AbCdEf123456", Reason: "spam" });
    ann.send({ Action: "DELETE_MESSAGE", Id: "AbCdEf123456" });
    const both = { MessageID: "AbCdEf123456", MessageId: "AbCdEf123456" };
    expect(await bob.next()).toEqual({
      Type: "EVENT",
      Id: anId,
      RequestId: "d",
      EventName: "aws:DELETE_MESSAGE",
      Attributes: { ...both, Reason: "spam" },
      SendTime: aSendTime,
    });
    expect(await bob.next()).toMatchObject({ RequestId: "", Attributes: both });
  });

  test("disconnecting a user tells everyone, then closes all of that user's connections", async () => {
    const { createRoom, join, messaging } = await startRooms();
    const room = await createRoom();
    const [ann, bob, alsoBob] = [await join(room), await join(room, "bob"), await join(room, "bob")];
    ann.send({ Action: "DISCONNECT_USER", RequestId: "k", UserId: "bob", Reason: "rude" });
    for (const client of [ann, bob, alsoBob]) {
      expect(await client.next()).toEqual({
        Type: "EVENT",
        Id: anId,
        RequestId: "k",
        EventName: "aws:DISCONNECT_USER",
        Attributes: { UserId: "bob", Reason: "rude" },
        SendTime: aSendTime,
      });
    }
    expect([(await bob.closed).code, (await alsoBob.closed).code]).toEqual([1000, 1000]);
    expect(messaging.connections).toBe(1);
  });
});

describe("an ERROR frame", () => {
  const longest = "x".repeat(1023);
  const cases: readonly [what: string, frame: unknown, code: number, text: string][] = [
    ["no JSON", "{", 400, "The request must be a JSON object"],
    ["a list", "[]", 400, "The request must be a JSON object"],
    ["null", "null", 400, "The request must be a JSON object"],
    ["no action", { Content: "x" }, 400, "Action must be SEND_MESSAGE, DELETE_MESSAGE or DISCONNECT_USER"],
    [
      "an unknown action",
      { Action: "toString" },
      400,
      "Action must be SEND_MESSAGE, DELETE_MESSAGE or DISCONNECT_USER",
    ],
    ["no content", message(undefined), 400, "Content is required"],
    ["empty content", message(""), 400, "Content is required"],
    ["content that is a number", message(7), 400, "Content must be a string"],
    ["content that is too long", message("👋".repeat(21)), 413, "Content must be at most 20 characters"],
    ["a request id that is a number", message("x", { RequestId: 7 }), 400, "RequestId must be a string"],
    [
      "a long request id",
      message("x", { RequestId: "x".repeat(257) }),
      413,
      "RequestId must be at most 256 characters",
    ],
    ["attributes in a list", message("x", { Attributes: [] }), 400, "Attributes must be an object of strings"],
    [
      "attributes that are numbers",
      message("x", { Attributes: { a: 7 } }),
      400,
      "Attributes must be an object of strings",
    ],
    [
      "attributes that are nested",
      message("x", { Attributes: { a: {} } }),
      400,
      "Attributes must be an object of strings",
    ],
    [
      "attributes above 1 KB",
      message("x", { Attributes: { aa: longest } }),
      413,
      "Attributes must be at most 1024 bytes, names and values together",
    ],
    ["a message id in another form", { Action: "DELETE_MESSAGE", Id: "../x" }, 400, "Id must be the id of a message"],
    ["no message id", { Action: "DELETE_MESSAGE" }, 400, "Id is required"],
    [
      "a long reason",
      { Action: "DELETE_MESSAGE", Id: "AbCdEf123456", Reason: "x".repeat(257) },
      413,
      "Reason must be at most 256 characters",
    ],
    ["no user", { Action: "DISCONNECT_USER" }, 400, "UserId is required"],
    [
      "a long user id",
      { Action: "DISCONNECT_USER", UserId: "x".repeat(129) },
      413,
      "UserId must be at most 128 characters",
    ],
  ];

  test("answers what cannot be read, and only its sender", async () => {
    let time = Date.now();
    const { createRoom, join } = await startRooms({ now: () => time });
    const room = await createRoom({ maximumMessageLength: 20 });
    const [ann, bob] = [await join(room), await join(room, "bob")];
    for (const [what, frame, code, text] of cases) {
      time += 1000;
      ann.send(frame);
      const requestId = (frame as { RequestId?: unknown }).RequestId === "r" ? "r" : "";
      const error = { Type: "ERROR", Id: anId, RequestId: requestId, ErrorCode: code, ErrorMessage: text };
      expect([what, await ann.next()]).toEqual([what, error]);
    }
    ann.send(message("👋".repeat(20), { Attributes: { a: longest } }));
    expect((await bob.next()).Content).toBe("👋".repeat(20));
    expect(bob.frames).toHaveLength(1);
  });

  test("400 answers a binary frame", async () => {
    const { createRoom, join } = await startRooms();
    const ann = await join(await createRoom());
    ann.socket.send(Buffer.from(JSON.stringify(message("x"))));
    expect(await ann.next()).toMatchObject({ ErrorCode: 400 });
  });

  test.each([
    ["SEND_MESSAGE", { Content: "x" }],
    ["DELETE_MESSAGE", { Id: "AbCdEf123456" }],
    ["DISCONNECT_USER", { UserId: "bob" }],
  ])("403 answers %s without that capability", async (Action, more) => {
    const { createRoom, join } = await startRooms();
    const room = await createRoom();
    const others = ["SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER"].filter((each) => each !== Action);
    const ann = await join(room, "ann", { capabilities: others as never });
    ann.send({ Action, RequestId: "r", ...more });
    const ErrorMessage = `The chat token lacks the capability ${Action}`;
    expect(await ann.next()).toMatchObject({ Type: "ERROR", RequestId: "r", ErrorCode: 403, ErrorMessage });
  });

  test("404 answers when the room is gone", async () => {
    const { createRoom, join, service } = await startRooms();
    const room = await createRoom();
    const ann = await join(room);
    service.state.in("000000000000", "eu-west-1").rooms.delete(room.arn);
    ann.send(message("x"));
    expect(await ann.next()).toMatchObject({ RequestId: "r", ErrorCode: 404, ErrorMessage: "The room does not exist" });
  });

  test("429 answers what is above a connection's rate, until the second is over", async () => {
    let time = Date.now();
    const { createRoom, join } = await startRooms({ now: () => time });
    const ann = await join(await createRoom({ maximumMessageRatePerSecond: 100 }));
    for (let index = 0; index < 11; index += 1) ann.send(message("x", { RequestId: String(index) }));
    for (let index = 0; index < 11; index += 1) await ann.next();
    const ErrorMessage = "A connection may make at most 10 requests a second";
    const errors = ann.frames.filter(({ Type }) => Type === "ERROR");
    expect(errors).toMatchObject([{ RequestId: "10", ErrorCode: 429, ErrorMessage }]);
    time += 100;
    ann.send(message("again"));
    expect((await ann.next()).Content).toBe("again");
  });

  test("429 answers what is above the room's rate by all clients, which an update changes at once", async () => {
    const time = Date.now();
    const { createRoom, join, chat } = await startRooms({ now: () => time });
    const room = await createRoom({ maximumMessageRatePerSecond: 2 });
    const [ann, bob] = [await join(room), await join(room, "bob")];
    ann.send(message("one"));
    ann.send(message("two"));
    for (const _ of "12") await bob.next();
    bob.send(message("three"));
    const ErrorMessage = "The room takes at most 2 messages a second";
    expect(await bob.next()).toMatchObject({ RequestId: "r", ErrorCode: 429, ErrorMessage });
    bob.send({ Action: "DELETE_MESSAGE", Id: "AbCdEf123456" });
    expect((await bob.next()).Type).toBe("EVENT");
    await chat.send(new UpdateRoomCommand({ identifier: room.arn, maximumMessageLength: 1 }));
    ann.send(message("ab"));
    for (const _ of "123") await ann.next();
    expect(await ann.next()).toMatchObject({ ErrorCode: 413, ErrorMessage: "Content must be at most 1 characters" });
  });

  test("500 answers a fault of ours, which is reported and stays without consequence", async () => {
    let broken = false;
    const { createRoom, join, reports } = await startRooms({
      now: () => {
        if (broken) throw new Error("no clock");
        return Date.now();
      },
    });
    const ann = await join(await createRoom());
    broken = true;
    ann.send(message("x"));
    expect(await ann.next()).toMatchObject({
      RequestId: "r",
      ErrorCode: 500,
      ErrorMessage: "The request failed unexpectedly",
    });
    expect(reports).toEqual([expect.stringMatching(/^A chat request failed: Error: no clock/)]);
    broken = false;
    ann.send(message("y"));
    expect((await ann.next()).Content).toBe("y");
  });
});
