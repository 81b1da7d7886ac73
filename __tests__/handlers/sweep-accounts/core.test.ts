import { expect, test } from "vitest";
import { makeHandler } from "#handlers/sweep-accounts/core.ts";
import { removeUnconfirmed } from "#handlers/sweep-accounts/unconfirmed.ts";

const handler = makeHandler({
  sendUnfinished: async () => 3,
  removeSpareChannels: async () => 1,
  removeSpareRooms: async () => 2,
  removeUnconfirmed: async () => 4,
  removeUserless: async ({ isSure }) => ({ checked: 9, gone: isSure ? 8 : 0 }),
  log: () => {},
});

test.each([
  ["what is unfinished", { job: "unfinished" }, { sent: 3 }],
  ["what is unfinished, unless it is told otherwise", {}, { sent: 3 }],
  ["what is unfinished, for EventBridge's own event", { source: "aws.events", detail: {} }, { sent: 3 }],
  ["spare channels and rooms", { job: "spares" }, { channels: 1, rooms: 2 }],
  ["accounts without a user", { job: "userless" }, { checked: 9, gone: 0 }],
  ["accounts without a user, however many", { job: "userless", isSure: true }, { checked: 9, gone: 8 }],
  ["users without a confirmed address", { job: "unconfirmed" }, { users: 4 }],
])("sweeps %s", async (_what, event, done) => {
  expect(await handler(event)).toEqual(done);
});

test("refuses a job that there is not", async () => {
  await expect(handler({ job: "everything" })).rejects.toThrow("everything");
});

test("removes users who did not confirm in a week, page by page", async () => {
  const now = Date.parse("2026-01-08T12:00:00Z");
  const removed: string[] = [];
  const asked: number[] = [];
  const users = {
    async *unconfirmed(before: number) {
      asked.push(before);
      yield ["a", "b"];
      yield [];
      yield ["c"];
    },
    remove: async (sub: string) => void removed.push(sub),
    nickname: async () => undefined,
  };
  expect(await removeUnconfirmed(users, now)).toBe(3);
  expect([removed, asked]).toEqual([["a", "b", "c"], [Date.parse("2026-01-01T12:00:00Z")]]);
});
