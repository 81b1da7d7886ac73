import { expect, test } from "vitest";
import { failed, keptLog, queueEvent } from "#__tests__/handlers/support/queue-event.ts";
import type { WebhookMessage } from "#domain/webhooks/message.ts";
import { makeHandler } from "#handlers/send-webhook/core.ts";

const message: WebhookMessage = { sub: "alice", id: "live:st-a", kind: "live", streamId: "st-a", at: 0, tries: 1 };

test("calls the webhooks of a batch side by side, and logs what became of each", async () => {
  const { lines, log } = keptLog();
  let calls = 0;
  let release = () => {};
  const bothCalled = new Promise<void>((resolve) => {
    release = resolve;
  });
  const handler = makeHandler({
    deliver: async ({ sub }) => {
      if (++calls === 2) release();
      await bothCalled;
      return sub === "alice" ? { outcome: "delivered" } : { outcome: "failed", why: "the server answered 500" };
    },
    log,
  });
  expect(await handler(queueEvent([message, { ...message, sub: "bob" }]))).toEqual(failed());
  const about = { id: "live:st-a", tries: 1 };
  expect(lines).toEqual([
    ["info", "webhook called", { sub: "alice", ...about, outcome: "delivered" }],
    ["info", "webhook called", { sub: "bob", ...about, outcome: "failed", why: "the server answered 500" }],
  ]);
});

test("what is no message, and what broke off, comes back alone", async () => {
  const { lines, log } = keptLog();
  const handler = makeHandler({
    deliver: async ({ sub }) => {
      if (sub === "bob") throw new Error("DynamoDB: 500");
      return { outcome: "delivered" };
    },
    log,
  });
  const batch = queueEvent([{ ...message, secret: "whsec_x" }, { ...message, sub: "bob" }, message]);
  expect(await handler(batch)).toEqual(failed("m0", "m1"));
  expect(lines).toContainEqual(["error", "message not understood", { messageId: "m0" }]);
  expect(lines).toContainEqual([
    "error",
    "webhook not called",
    { sub: "bob", id: "live:st-a", tries: 1, error: "DynamoDB: 500" },
  ]);
});
