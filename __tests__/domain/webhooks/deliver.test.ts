import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { type DeliverPorts, deliver, type PostResult } from "#domain/webhooks/deliver.ts";
import type { WebhookMessage } from "#domain/webhooks/message.ts";
import { QueueInMemory, WebhooksInMemory } from "./support.ts";

const noon = Date.parse("2026-01-02T12:00:00Z");
const secret = "whsec_1c6e9d60secret";
const message: WebhookMessage = {
  sub: "alice",
  id: "live:st-a",
  kind: "live",
  streamId: "st-a",
  at: noon - 2500,
  tries: 0,
};

function house(result: PostResult = "delivered", url = "https://example.com/hook") {
  const webhooks = new WebhooksInMemory();
  const queue = new QueueInMemory();
  const posted: { url: string; headers: Readonly<Record<string, string>>; body: string }[] = [];
  webhooks.hooks.set("alice", { url, secret });
  const ports: DeliverPorts = {
    webhooks,
    queue,
    profileOf: async (sub) => (sub === "alice" ? { name: "alice-x7k2", title: "Grüße 👋" } : undefined),
    post: async (to, headers, body) => {
      posted.push({ url: to, headers, body });
      return result;
    },
    allowPrivate: false,
    now: () => noon,
  };
  return {
    webhooks,
    queue,
    posted,
    tell: (changes: Partial<WebhookMessage> = {}) => deliver({ ...message, ...changes }, ports),
  };
}

test("posts who, what and when, signed by the webhook's secret", async () => {
  const { posted, tell, queue } = house();
  expect(await tell()).toEqual({ outcome: "delivered" });
  const body =
    '{"type":"live","channel":{"name":"alice-x7k2","title":"Grüße 👋"},"streamId":"st-a","at":"2026-01-02T11:59:57.500Z","id":"live:st-a"}';
  const signature = createHmac("sha256", secret)
    .update(`${noon / 1000}.${body}`)
    .digest("hex");
  expect(posted).toEqual([
    {
      url: "https://example.com/hook",
      headers: { "content-type": "application/json", "onair-signature": `t=${noon / 1000},v1=${signature}` },
      body,
    },
  ]);
  expect(queue.sent).toEqual([]);
});

test("a message that fails is tried three times more, after 30 s, 2 min and 10 min, and listed then", async () => {
  const why = "the server answered 500";
  const { webhooks, queue, tell } = house({ why });
  for (const tries of [0, 1, 2]) expect(await tell({ tries })).toEqual({ outcome: "to be tried again", why });
  expect(queue.sent.map(({ message: { tries }, after }) => [tries, after])).toEqual([
    [1, 30],
    [2, 120],
    [3, 600],
  ]);
  expect(webhooks.failed).toEqual([]);
  expect(await tell({ tries: 3 })).toEqual({ outcome: "failed", why });
  expect(webhooks.failed).toEqual([{ sub: "alice", id: "live:st-a", at: noon, kind: "live", why }]);
  expect(queue.sent).toHaveLength(3);
});

test("what is kept of a failure holds neither body nor secret", async () => {
  const { webhooks, tell } = house({ why: "the server answered 500" });
  await tell({ tries: 3 });
  expect(JSON.stringify(webhooks.failed)).not.toMatch(/whsec|Grüße|v1=/);
});

test("an address that the rule no longer takes is not called, and not tried again", async () => {
  const { posted, webhooks, queue, tell } = house("delivered", "http://127.0.0.1:8080/");
  expect(await tell()).toEqual({ outcome: "failed", why: "the address must begin with https://" });
  expect([posted, queue.sent, webhooks.failed.length]).toEqual([[], [], 1]);
});

test("a webhook that was taken off, and an owner who is gone, are told nothing", async () => {
  const { webhooks, posted, tell } = house();
  expect(await tell({ sub: "bob" })).toEqual({ outcome: "nobody wants to know" });
  webhooks.hooks.delete("alice");
  expect(await tell()).toEqual({ outcome: "nobody wants to know" });
  expect(posted).toEqual([]);
});
