import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import type { TakeTurn } from "#domain/chat/turns.ts";
import { createReviewer } from "#domain/moderation/review.ts";
import { moderationRules } from "#domain/moderation/rules.ts";
import { makeHandler } from "#handlers/review-message/core.ts";

const review = createReviewer(v.parse(moderationRules, { blockedWords: { wholeWord: ["spam"] } }));
const roomArn = "arn:aws:ivschat:us-west-2:111122223333:room/AbCdEf123456";

const event = (Content: string, role?: unknown) => ({
  Content,
  MessageId: "AYk6xKitV4On",
  RoomArn: roomArn,
  Sender: { UserId: "alice", Attributes: { username: "Alice", role } },
});

function run(takeTurn: TakeTurn) {
  const lines: Record<string, unknown>[] = [];
  const asked: string[] = [];
  const handler = makeHandler({
    review,
    takeTurn: (room, userId, signal) => {
      asked.push(`${room} ${userId}`);
      return takeTurn(room, userId, signal);
    },
    log: (level, message, fields) => void lines.push({ level, message, ...fields }),
  });
  return { handler, asked, lines };
}

describe("in slow mode", () => {
  test("a sender whose turn has come is let through", async () => {
    const { handler, asked, lines } = run(async () => 0);
    expect(await handler(event("hello", "viewer"))).toMatchObject({ ReviewResult: "ALLOW", Content: "hello" });
    expect(asked).toEqual([`${roomArn} alice`]);
    expect(lines).toEqual([]);
  });

  test.each([
    [1, "SLOW_MODE: Slow mode is on here. You can write again in 1 second."],
    [30, "SLOW_MODE: Slow mode is on here. You can write again in 30 seconds."],
  ])("a sender is told to wait %d s", async (seconds, Reason) => {
    const { handler, lines } = run(async () => seconds);
    expect(await handler(event("hello", "viewer"))).toEqual({
      ReviewResult: "DENY",
      Content: "hello",
      Attributes: { Reason },
    });
    const ids = { messageId: "AYk6xKitV4On", roomArn, userId: "alice" };
    expect(lines).toEqual([{ level: "info", message: "message denied", reasons: ["SLOW_MODE"], ...ids }]);
  });

  test.each(["owner", "admin", "moderator"])("the %s waits for nothing", async (role) => {
    const { handler, asked } = run(async () => 30);
    expect(await handler(event("hello", role))).toMatchObject({ ReviewResult: "ALLOW" });
    expect(asked).toEqual([]);
  });

  test("whoever else says a role waits, whatever the role is", async () => {
    const role = fc.anything().filter((value) => !["owner", "admin", "moderator"].includes(value as string));
    await fc.assert(
      fc.asyncProperty(role, async (value) => {
        const { handler } = run(async () => 30);
        expect(await handler(event("hello", value))).toMatchObject({ ReviewResult: "DENY" });
      }),
    );
  });

  test("a message that is refused for itself takes no turn", async () => {
    const { handler, asked } = run(async () => 0);
    expect(await handler(event("buy spam", "viewer"))).toMatchObject({ ReviewResult: "DENY" });
    expect(asked).toEqual([]);
  });

  test("a message passes where slow mode cannot be asked, and a line says so", async () => {
    const { handler, lines } = run(() => Promise.reject(new Error("GetItem was answered 500")));
    expect(await handler(event("hello", "viewer"))).toMatchObject({ ReviewResult: "ALLOW" });
    expect(lines).toEqual([
      { level: "warn", message: "slow mode not asked", error: "Error: GetItem was answered 500", roomArn },
    ]);
  });

  test("a message passes where slow mode does not answer within 100 ms", async () => {
    const never = (signal: AbortSignal) =>
      new Promise<number>((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const { handler, lines } = run((_room, _user, signal) => never(signal));
    expect(await handler(event("hello", "viewer"))).toMatchObject({ ReviewResult: "ALLOW" });
    expect(lines).toMatchObject([{ message: "slow mode not asked", error: expect.stringMatching(/^TimeoutError: /) }]);
  });

  test.each([{ RoomArn: undefined }, { Sender: undefined }, { Sender: {} }])(
    "a message without ids passes: %j",
    async (without) => {
      const { handler, asked } = run(async () => 30);
      expect(await handler({ ...event("hello"), ...without })).toMatchObject({ ReviewResult: "ALLOW" });
      expect(asked).toEqual([]);
    },
  );
});
