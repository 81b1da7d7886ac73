import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { QueueInMemory, WebhooksInMemory } from "#__tests__/domain/webhooks/support.ts";
import { deliver } from "#domain/webhooks/deliver.ts";
import type { WebhookMessage } from "#domain/webhooks/message.ts";
import { webhookSecret, webhookSignature } from "#domain/webhooks/signature.ts";
import { post } from "#handlers/send-webhook/post.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/guide/webhooks.md"), "utf8");

interface Example {
  isFromOnair(secret: string, header: string | undefined, body: string | Buffer, now?: number): boolean;
  receiver(secret: string, tell: (message: unknown) => void): RequestListener;
}

/** The program of the page, as whoever copies it has it. */
async function example(): Promise<Example> {
  const [, code = ""] = /```js\n([\s\S]*?)```/.exec(PAGE) ?? [];
  const folder = mkdtempSync(join(tmpdir(), "onair-webhook-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "receiver.mjs");
  writeFileSync(file, code);
  return import(pathToFileURL(file).href);
}

const secret = webhookSecret(new Uint8Array(32).fill(7));
const noon = Date.parse("2026-01-02T12:00:00Z");
const message: WebhookMessage = {
  ...{ sub: "alice", id: "live:st-a", kind: "live", streamId: "st-a" },
  ...{ at: noon, tries: 0 },
};

/** A server that runs the page's program, and deliveries to it as the platform makes them. */
async function receiving() {
  const told: unknown[] = [];
  const { receiver } = await example();
  const server = createServer(receiver(secret, (one) => void told.push(one))).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const tell = (by: string, now: () => number = Date.now) => {
    const webhooks = new WebhooksInMemory();
    webhooks.hooks.set("alice", { url, secret: by });
    const profileOf = async () => ({ name: "alice-x7k2", title: "Grüße 👋" });
    return deliver(message, { webhooks, queue: new QueueInMemory(), profileOf, post, allowPrivate: true, now });
  };
  return { told, tell };
}

it("the guide's receiver takes what is delivered, and what is delivered again once", async () => {
  const { told, tell } = await receiving();
  expect(await tell(secret)).toEqual({ outcome: "delivered" });
  expect(await tell(secret)).toEqual({ outcome: "delivered" });
  expect(told).toEqual([
    {
      type: "live",
      channel: { name: "alice-x7k2", title: "Grüße 👋" },
      ...{ streamId: "st-a", at: "2026-01-02T12:00:00.000Z", id: "live:st-a" },
    },
  ]);
});

it("the guide's receiver refuses what another secret signed, and what was signed too long ago", async () => {
  const { told, tell } = await receiving();
  const refused = { outcome: "to be tried again", why: "the server answered 401" };
  expect(await tell(webhookSecret(new Uint8Array(32)))).toEqual(refused);
  expect(await tell(secret, () => Date.now() - 310_000)).toEqual(refused);
  expect(told).toEqual([]);
});

it("the guide's check refuses every header and body but those that were signed", async () => {
  const { isFromOnair } = await example();
  const body = '{"id":"live:st-a"}';
  const signed = await webhookSignature(secret, body, noon / 1000);
  const check = (header: string | undefined, text = body) => isFromOnair(secret, header, text, noon + 299_000);
  expect([check(signed), check(`${signed},v2=00`)]).toEqual([true, true]);
  const [t = "", v1 = ""] = signed.split(",");
  const wrong = [
    undefined,
    "",
    t,
    v1,
    `t=,${v1}`,
    `t=1e9,${v1}`,
    `t=${noon / 1000 + 1},${v1}`,
    `${t},v1=`,
    `${signed}0`,
  ];
  expect(wrong.filter((header) => check(header))).toEqual([]);
  expect(check(signed, `${body} `)).toBe(false);
  expect(isFromOnair(secret.replace("whsec_", ""), signed, body, noon)).toBe(false);
  expect(isFromOnair(secret, signed, body, noon + 301_000)).toBe(false);
});

it("the guide's body has the fields of a real one", () => {
  const [, body = ""] = /```json\n([\s\S]*?)```/.exec(PAGE) ?? [];
  expect(Object.keys(JSON.parse(body))).toEqual(["type", "channel", "streamId", "at", "id"]);
});
