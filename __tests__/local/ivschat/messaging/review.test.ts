import { UpdateRoomCommand } from "@aws-sdk/client-ivschat";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type InvokeReview, readAnswer } from "#local/ivschat/messaging/review.ts";
import { anId, reviewed, startRooms } from "./fixture.ts";

const message = (Content: string, more = {}) => ({ Action: "SEND_MESSAGE", RequestId: "r", Content, ...more });

/** A reviewed room with two people in it. */
const startReviewed = async (invokeReview: InvokeReview, fallbackResult: "ALLOW" | "DENY" = "ALLOW") => {
  const started = await startRooms({ invokeReview });
  const messageReviewHandler = { ...reviewed, fallbackResult };
  const room = await started.createRoom({ messageReviewHandler, maximumMessageRatePerSecond: 100 });
  const [ann, bob] = [
    await started.join(room, "ann", { attributes: { badge: "host" } }),
    await started.join(room, "bob"),
  ];
  return { ...started, room, ann, bob };
};

const resolveIn = <Type>(milliseconds: number, value: Type) =>
  new Promise<Type>((resolve) => setTimeout(() => resolve(value), milliseconds));

describe("a review handler", () => {
  test("is invoked with the message, its room and its sender", async () => {
    const calls: unknown[] = [];
    const { room, ann } = await startReviewed(async (functionArn, payload) => {
      calls.push([functionArn, payload]);
      return { ReviewResult: "ALLOW", Content: payload.Content, Attributes: payload.Attributes };
    });
    ann.send(message("hi", { Attributes: { colour: "red" } }));
    ann.send(message("bare"));
    const ids = [(await ann.next()).Id, (await ann.next()).Id];
    const Sender = { UserId: "ann", Attributes: { badge: "host" }, Ip: "127.0.0.1" };
    const common = { RoomArn: room.arn, Sender };
    expect(calls).toEqual([
      [reviewed.uri, { Content: "hi", MessageId: ids[0], Attributes: { colour: "red" }, ...common }],
      [reviewed.uri, { Content: "bare", MessageId: ids[1], Attributes: {}, ...common }],
    ]);
  });

  test("may change content and attributes", async () => {
    const edited = { ReviewResult: "ALLOW", Content: "h*", Attributes: { edited: "yes" } };
    const { ann, bob } = await startReviewed(async () => edited);
    ann.send(message("hi", { Attributes: { colour: "red" } }));
    expect(await bob.next()).toMatchObject({ RequestId: "r", Content: "h*", Attributes: { edited: "yes" } });
  });

  test("may deny, with a reason that only the sender gets", async () => {
    const Attributes = { Reason: "LINK: links are not allowed" };
    const { ann, bob } = await startReviewed(async (_, { Content }) =>
      Content === "bad" ? { ReviewResult: "DENY", Content, Attributes } : { ReviewResult: "ALLOW", Content },
    );
    ann.send(message("bad"));
    const ErrorMessage = "LINK: links are not allowed";
    expect(await ann.next()).toEqual({ Type: "ERROR", Id: anId, RequestId: "r", ErrorCode: 406, ErrorMessage });
    ann.send(message("good"));
    expect((await bob.next()).Content).toBe("good");
    expect(bob.frames).toHaveLength(1);
  });

  test("may deny without a reason", async () => {
    const { ann } = await startReviewed(async () => ({ ReviewResult: "DENY", Content: "" }));
    ann.send(message("hi"));
    const ErrorMessage = "The message was denied by the message review handler";
    expect(await ann.next()).toMatchObject({ ErrorCode: 406, ErrorMessage });
  });

  test("reviews no events", async () => {
    const { ann } = await startReviewed(() => Promise.reject(new Error("invoked")), "DENY");
    ann.send({ Action: "DELETE_MESSAGE", Id: "AbCdEf123456" });
    expect((await ann.next()).Type).toBe("EVENT");
  });

  test("with an empty uri is none", async () => {
    const { ann, room, chat } = await startReviewed(() => Promise.reject(new Error("invoked")), "DENY");
    await chat.send(new UpdateRoomCommand({ identifier: room.arn, messageReviewHandler: { uri: "" } }));
    ann.send(message("hi"));
    expect((await ann.next()).Content).toBe("hi");
  });
});

describe("the fallback", () => {
  const good = { ReviewResult: "ALLOW", Content: "edited", Attributes: { edited: "yes" } };
  const failing: readonly [how: string, invoke: InvokeReview, cause: string][] = [
    ["is late", () => resolveIn(400, good), "no answer within 200 ms"],
    ["never answers", () => new Promise(() => {}), "no answer within 200 ms"],
    ["fails", () => Promise.reject(new Error("Unhandled")), "Unhandled"],
    ["answers nothing", async () => null, "the answer is not as documented"],
    ["answers without content", async () => ({ ReviewResult: "ALLOW" }), "the answer is not as documented"],
  ];

  test.each(failing)("delivers the original when a handler %s", async (_, invoke, cause) => {
    const { ann, bob, reports } = await startReviewed(invoke);
    const began = performance.now();
    ann.send(message("hi", { Attributes: { colour: "red" } }));
    const { Id, ...frame } = await bob.next();
    expect(frame).toMatchObject({ Content: "hi", Attributes: { colour: "red" } });
    expect(reports).toEqual([`Review of message ${Id} by ${reviewed.uri}: ${cause}; the fallback is ALLOW.`]);
    if (cause.includes("200 ms")) expect(performance.now() - began).toBeGreaterThan(195);
  });

  test.each(failing)("denies in a strict room when a handler %s", async (_, invoke) => {
    const { ann, bob } = await startReviewed(invoke, "DENY");
    ann.send(message("hi"));
    expect(await ann.next()).toMatchObject({ RequestId: "r", ErrorCode: 406 });
    expect(bob.frames).toEqual([]);
  });

  test("holds an answer of 150 ms for good", async () => {
    const { ann } = await startReviewed(() => resolveIn(150, good), "DENY");
    ann.send(message("hi"));
    expect((await ann.next()).Content).toBe("edited");
  });
});

test("messages come in the order in which they were sent, however long each review takes", async () => {
  const { ann, bob } = await startReviewed(async (_, { Content }) =>
    resolveIn(Number(Content) % 3 === 0 ? 60 : 1, { ReviewResult: "ALLOW", Content }),
  );
  for (let index = 0; index < 9; index += 1) ann.send(message(String(index)));
  ann.send({ Action: "DELETE_MESSAGE", Id: "AbCdEf123456" });
  for (let index = 0; index < 9; index += 1) expect((await bob.next()).Content).toBe(String(index));
  expect((await bob.next()).EventName).toBe("aws:DELETE_MESSAGE");
});

test("a slow review in one room holds up no other", async () => {
  const { ann, bob, createRoom, join } = await startReviewed(() => new Promise(() => {}), "DENY");
  const eve = await join(await createRoom());
  ann.send(message("slow"));
  eve.send(message("quick"));
  expect((await eve.next()).Content).toBe("quick");
  expect(bob.frames).toEqual([]);
});

describe("an answer", () => {
  const allowed = { result: "ALLOW", content: "x", attributes: undefined };
  test.each([
    [{ ReviewResult: "ALLOW", Content: "x" }, allowed],
    [{ ReviewResult: "ALLOW", Content: "x", Attributes: null, statusCode: 200 }, allowed],
    [
      { ReviewResult: "ALLOW", Content: "👋".repeat(500) },
      { ...allowed, content: "👋".repeat(500) },
    ],
    [{ ReviewResult: "ALLOW", Content: "👋".repeat(501) }, undefined],
    [{ ReviewResult: "ALLOW", Content: "" }, undefined],
    [{ ReviewResult: "ALLOW", Content: "x", Attributes: { a: 7 } }, undefined],
    [{ ReviewResult: "ALLOW", Content: "x", Attributes: { a: "x".repeat(1024) } }, undefined],
    [{ ReviewResult: "allow", Content: "x" }, undefined],
    [{ ReviewResult: "DENY" }, undefined],
    [
      { ReviewResult: "DENY", Content: "x", Attributes: { Reason: "no" } },
      { result: "DENY", reason: "no" },
    ],
    ["ALLOW", undefined],
    [[], undefined],
  ])("%.70j", (answer, verdict) => {
    expect(readAnswer(answer)).toEqual(verdict);
  });

  test("of any form throws nothing", () => {
    fc.assert(fc.property(fc.anything(), (answer) => void readAnswer(answer)));
  });
});
