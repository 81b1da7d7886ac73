import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { secondsLeft, slowModeSeconds } from "#domain/chat/slow-mode.ts";
import { createTakeTurn, type TurnStore } from "#domain/chat/turns.ts";

const { signal } = new AbortController();

/** Rows in memory, and a clock. */
function rows(slowMode: Record<string, number>) {
  const sent = new Map<string, number>();
  const clock = { now: 1_000_000 };
  let reads = 0;
  const store: TurnStore = {
    slowMode: async (roomArn) => {
      reads += 1;
      return slowMode[roomArn] ?? 0;
    },
    take: async (roomArn, userId, { seconds, now }) => {
      const sentAt = sent.get(`${roomArn} ${userId}`);
      if (sentAt !== undefined && sentAt > now - seconds * 1000) return sentAt;
      sent.set(`${roomArn} ${userId}`, now);
      return undefined;
    },
  };
  return { take: createTakeTurn(store, () => clock.now), clock, sent, slowMode, reads: () => reads };
}

describe("slow mode", () => {
  test("lets each sender of a room through once in so many seconds", async () => {
    const { take, clock } = rows({ slow: 10 });
    expect(await take("slow", "alice", signal)).toBe(0);
    expect(await take("slow", "bob", signal)).toBe(0);
    clock.now += 3500;
    expect(await take("slow", "alice", signal)).toBe(7);
    clock.now += 6500;
    expect(await take("slow", "alice", signal)).toBe(0);
  });

  test("asks for no turn in a room without it", async () => {
    const { take, sent } = rows({});
    expect(await take("quick", "alice", signal)).toBe(0);
    expect(await take("quick", "alice", signal)).toBe(0);
    expect(sent.size).toBe(0);
  });

  test("is read once in five seconds for each room, and a change is in force after that", async () => {
    const { take, clock, slowMode, reads } = rows({ a: 0 });
    await take("a", "alice", signal);
    slowMode.a = 30;
    clock.now += 4999;
    await take("a", "alice", signal);
    expect(reads()).toBe(1);
    clock.now += 1;
    await take("a", "alice", signal);
    expect(await take("a", "alice", signal)).toBe(30);
    expect(reads()).toBe(2);
  });

  test("that cannot be read is asked for again with the next message", async () => {
    const store: TurnStore = { slowMode: () => Promise.reject(new Error("no")), take: async () => undefined };
    const take = createTakeTurn(store, () => 0);
    await expect(take("a", "alice", signal)).rejects.toThrow("no");
    await expect(take("a", "alice", signal)).rejects.toThrow("no");
  });

  test("remembers a thousand rooms, not every room that there ever was", async () => {
    const { take, reads } = rows({});
    for (let room = 0; room < 1000; room++) await take(`room ${room}`, "alice", signal);
    await take("room 0", "alice", signal);
    expect(reads()).toBe(1000);
    await take("one more", "alice", signal);
    await take("room 0", "alice", signal);
    expect(reads()).toBe(1002);
  });
});

test("the seconds left are 1 to those of slow mode, whatever the clocks say", () => {
  const moment = fc.integer({ min: 0, max: 4e12 });
  const choice = fc.constantFrom(...slowModeSeconds.filter((seconds) => seconds > 0));
  fc.assert(
    fc.property(choice, moment, moment, (seconds, sentAt, now) => {
      const left = secondsLeft(seconds, sentAt, now);
      expect(left).toBeGreaterThanOrEqual(1);
      expect(left).toBeLessThanOrEqual(seconds);
    }),
  );
});
