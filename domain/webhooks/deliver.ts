import type { Profile } from "../profiles/profile.ts";
import type { WebhookMessage, WebhookQueue } from "./message.ts";
import type { Webhooks } from "./ports.ts";
import { signatureHeader, webhookSignature } from "./signature.ts";
import { readWebhookUrl } from "./webhook-url.ts";

/** Waits before the second, third and fourth try. A server that is deployed anew is back by then. */
const waitsInSeconds = [30, 120, 600];

/** "delivered", or why not: for the owner to read, so without body, secret and addresses of ours. */
export type PostResult = "delivered" | { readonly why: string };

export interface DeliverPorts {
  readonly webhooks: Pick<Webhooks, "read" | "addFailure">;
  readonly queue: WebhookQueue;
  /** Undefined where there is no such account any more. */
  profileOf(sub: string): Promise<Pick<Profile, "name" | "title"> | undefined>;
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<PostResult>;
  readonly allowPrivate: boolean;
  /** Milliseconds. */
  readonly now: () => number;
}

export type Delivery =
  | { readonly outcome: "delivered" | "nobody wants to know" }
  | { readonly outcome: "to be tried again" | "failed"; readonly why: string };

/**
 * Tells one message to the owner's webhook as it is now. What fails is put back into the queue, three times with longer
 * and longer waits; then the owner finds it among the failures.
 */
export async function deliver(message: WebhookMessage, ports: DeliverPorts): Promise<Delivery> {
  const { sub, id, kind, tries } = message;
  const [webhook, profile] = await Promise.all([ports.webhooks.read(sub), ports.profileOf(sub)]);
  if (webhook === undefined || profile === undefined) return { outcome: "nobody wants to know" };
  const reading = readWebhookUrl(webhook.url, ports);
  const result =
    reading.kind === "url"
      ? await post(reading.url, webhook.secret, bodyOf(message, profile), ports)
      : { why: `the address ${reading.rule}` };
  if (result === "delivered") return { outcome: "delivered" };
  const { why } = result;
  const wait = reading.kind === "url" ? waitsInSeconds[tries] : undefined;
  if (wait === undefined) {
    await ports.webhooks.addFailure(sub, { id, at: ports.now(), kind, why });
    return { outcome: "failed", why };
  }
  await ports.queue.send({ ...message, tries: tries + 1 }, wait);
  return { outcome: "to be tried again", why };
}

const bodyOf = ({ id, kind, streamId, at }: WebhookMessage, { name, title }: Pick<Profile, "name" | "title">): string =>
  JSON.stringify({ type: kind, channel: { name, title }, streamId, at: new Date(at).toISOString(), id });

async function post(url: string, secret: string, body: string, ports: DeliverPorts): Promise<PostResult> {
  const signature = await webhookSignature(secret, body, Math.floor(ports.now() / 1000));
  return ports.post(url, { "content-type": "application/json", [signatureHeader]: signature }, body);
}
