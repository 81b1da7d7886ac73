import * as v from "valibot";
import type { Webhooks } from "#domain/webhooks/ports.ts";
import { webhookSecret } from "#domain/webhooks/signature.ts";
import { readWebhookUrl } from "#domain/webhooks/webhook-url.ts";
import { type ReadyDeps, readyRoute } from "../../shared/accounts/ready-route.ts";
import { nextOf, toIsoTime } from "../../shared/api/channel.ts";
import { isoTime, pageOf, pageQuery } from "../../shared/api/fields.ts";
import { invalidRequest, Problem } from "../../shared/api/problem.ts";
import { answer } from "../../shared/api/route.ts";

interface WebhookDeps extends ReadyDeps {
  readonly webhooks: Pick<Webhooks, "read" | "write" | "remove" | "failures">;
  /** 32 random bytes. */
  readonly newSecret: () => Uint8Array;
  /** Takes plain HTTP and private hosts too: for a laptop only. */
  readonly allowPrivateWebhooks: boolean;
}

const noWebhook = () =>
  new Problem(404, "WEBHOOK_UNKNOWN", "There is no webhook.", "PUT /stream/me/webhook with a url makes one.");

export const readWebhook = readyRoute({
  id: "readWebhook",
  summary: "Shows where the caller wants to be told, and whether that failed lately.",
  answers: { 200: v.object({ url: v.string(), hasFailures: v.boolean() }) },
  async handle({ caller }, { webhooks }: WebhookDeps) {
    const [webhook, failures] = await Promise.all([
      webhooks.read(caller.sub),
      webhooks.failures(caller.sub, { limit: 1 }),
    ]);
    if (!webhook) throw noWebhook();
    return answer(200, { url: webhook.url, hasFailures: failures.rows.length > 0 });
  },
});

export const writeWebhook = readyRoute({
  id: "writeWebhook",
  summary: "Says where the caller wants to be told; the answer shows the new secret, and nothing shows it again.",
  body: v.strictObject({ url: v.string("must be a text") }),
  answers: { 200: v.object({ url: v.string(), secret: v.string() }) },
  async handle({ caller, body }, { webhooks, newSecret, allowPrivateWebhooks }: WebhookDeps) {
    const reading = readWebhookUrl(body.url, { allowPrivate: allowPrivateWebhooks });
    if (reading.kind === "refused") {
      // Addresses of webhooks often hold a secret of their receiver.
      const got = `a text of ${body.url.length} characters`;
      throw invalidRequest([{ field: "body.url", rule: reading.rule, got }]);
    }
    const webhook = { url: reading.url, secret: webhookSecret(newSecret()) };
    await webhooks.write(caller.sub, webhook);
    return answer(200, webhook);
  },
});

export const removeWebhook = readyRoute({
  id: "removeWebhook",
  summary: "Forgets where the caller wanted to be told.",
  answers: { 204: null },
  async handle({ caller }, { webhooks }: WebhookDeps) {
    if (!(await webhooks.remove(caller.sub))) throw noWebhook();
    return answer(204);
  },
});

export const listWebhookFailures = readyRoute({
  id: "listWebhookFailures",
  summary: "Lists what could not be told in the last 30 days, newest first.",
  query: pageQuery,
  answers: {
    200: pageOf("failures", v.object({ id: v.string(), at: isoTime, kind: v.string(), why: v.string() })),
  },
  async handle({ caller, query }, { webhooks }: WebhookDeps) {
    const page = await webhooks.failures(caller.sub, query);
    return answer(200, {
      failures: page.rows.map(({ id, at, kind, why }) => ({ id, at: toIsoTime(at), kind, why })),
      ...nextOf(page),
    });
  },
});
