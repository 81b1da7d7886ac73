import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { createReviewer } from "#domain/moderation/review.ts";
import { moderationRules } from "#domain/moderation/rules.ts";
import { makeHandler } from "#handlers/review-message/core.ts";

const rules = v.parse(moderationRules, {
  repeatedCharacters: { limit: 3 },
  blockedWords: { wholeWord: ["spam"] },
  attributes: { allowed: { sticker: ["wave"] }, others: "remove" },
});

function run() {
  const lines: unknown[] = [];
  const handler = makeHandler({
    review: createReviewer(rules),
    log: (level, message, fields) => void lines.push({ level, message, ...fields }),
  });
  return { handler, lines };
}

const event = (content: unknown, attributes?: unknown) => ({
  Content: content,
  MessageId: "AYk6xKitV4On",
  RoomArn: "arn:aws:ivschat:us-west-2:111122223333:room/AbCdEf123456",
  Attributes: attributes,
  Sender: { UserId: "alice", Ip: "203.0.113.7", Attributes: { nickname: "Alice of the secret garden" } },
});
const ids = {
  messageId: "AYk6xKitV4On",
  roomArn: "arn:aws:ivschat:us-west-2:111122223333:room/AbCdEf123456",
  userId: "alice",
};

describe("a message that is allowed", () => {
  test("comes back as it was, and leaves no line", async () => {
    const { handler, lines } = run();
    expect(await handler(event("hello", { sticker: "wave" }))).toEqual({
      ReviewResult: "ALLOW",
      Content: "hello",
      Attributes: { sticker: "wave" },
    });
    expect(lines).toEqual([]);
  });

  test.each([undefined, null, {}])("may have no attributes: %j", async (attributes) => {
    expect(await run().handler(event("hello", attributes))).toEqual({
      ReviewResult: "ALLOW",
      Content: "hello",
      Attributes: {},
    });
  });

  test("may come without its ids and with fields that are new", async () => {
    expect(await run().handler({ Content: "hello", Version: 2 })).toMatchObject({ ReviewResult: "ALLOW" });
  });
});

test("a message that is changed comes back changed, and leaves a line with the reasons and ids", async () => {
  const { handler, lines } = run();
  expect(await handler(event("nooooo", { admin: "true" }))).toEqual({
    ReviewResult: "ALLOW",
    Content: "nooo",
    Attributes: {},
  });
  expect(lines).toEqual([
    { level: "info", message: "message edited", reasons: ["ATTRIBUTE_NOT_ALLOWED", "REPEATED_CHARACTERS"], ...ids },
  ]);
});

test("a message that is denied tells its sender why, and leaves a line with the reason and ids", async () => {
  const { handler, lines } = run();
  expect(await handler(event("buy sp4m"))).toEqual({
    ReviewResult: "DENY",
    Content: "buy sp4m",
    Attributes: { Reason: "BLOCKED_WORD: This message has a word that is not allowed here." },
  });
  expect(lines).toEqual([{ level: "info", message: "message denied", reasons: ["BLOCKED_WORD"], ...ids }]);
});

describe("a request that cannot be read", () => {
  test.each([
    ["nothing", undefined, ["event"], ""],
    ["null", null, ["event"], ""],
    ["a text", "hello", ["event"], ""],
    ["a list", [], ["Content"], ""],
    ["no content", {}, ["Content"], ""],
    ["content that is no text", event(5), ["Content"], ""],
    ["attributes that are no texts", event("hello", { secret: 5 }), ["Attributes"], "hello"],
    ["a sender that is no object", { Content: "hello", Sender: "alice" }, ["Sender"], "hello"],
  ])("is denied: %s", async (_what, request, fields, content) => {
    const { handler, lines } = run();
    expect(await handler(request)).toEqual({
      ReviewResult: "DENY",
      Content: content,
      Attributes: { Reason: "INVALID_REQUEST: This message could not be read." },
    });
    expect(lines).toEqual([
      { level: "error", message: "review request not understood", reasons: ["INVALID_REQUEST"], fields },
    ]);
  });
});

test("whatever comes, the answer has the shape that the service expects", async () => {
  const { handler } = run();
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.anything(), fc.record({ Content: fc.string() })), async (request) => {
      const answer = await handler(request);
      expect(["ALLOW", "DENY"]).toContain(answer.ReviewResult);
      expect(typeof answer.Content).toBe("string");
      expect(Object.values(answer.Attributes).every((value) => typeof value === "string")).toBe(true);
    }),
  );
});

test("no line ever has the text, the attributes or the address of a sender", async () => {
  const { handler, lines } = run();
  const planted = "canary";
  const text = fc.constantFrom(`${planted} spam`, `${planted}!!!!!!`, planted, `${planted}${"x".repeat(600)}`);
  const request = fc.record({
    Content: fc.oneof(text, fc.constant([planted])),
    Attributes: fc.oneof(
      fc.dictionary(fc.constantFrom(planted, "sticker"), text),
      fc.constant({ [planted]: { [planted]: 1 } }),
      fc.constant(planted),
    ),
    Sender: fc.constant({ UserId: "alice", Ip: planted, Attributes: { nickname: planted } }),
  });
  await fc.assert(fc.asyncProperty(request, async (value) => void (await handler(value))));
  expect(lines.length).toBeGreaterThan(50);
  expect(JSON.stringify(lines)).not.toContain(planted);
});
