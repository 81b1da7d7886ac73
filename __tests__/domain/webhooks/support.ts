import type { WebhookMessage, WebhookQueue } from "#domain/webhooks/message.ts";
import type { FailedDelivery, Webhook, Webhooks } from "#domain/webhooks/ports.ts";

/** Webhooks in memory, with the condition that the table has. */
export class WebhooksInMemory implements Webhooks {
  readonly hooks = new Map<string, Webhook>();
  losesAnswers = false;
  readonly failed: (FailedDelivery & { readonly sub: string })[] = [];

  async read(sub: string) {
    return this.hooks.get(sub);
  }

  async write(sub: string, webhook: Pick<Webhook, "url" | "secret">) {
    this.hooks.set(sub, webhook);
  }

  async remove(sub: string) {
    return this.hooks.delete(sub);
  }

  async markLive(sub: string, { id, at }: { readonly id: string; readonly at: number }, ifBefore: number) {
    const mark = () => {
      const webhook = this.hooks.get(sub);
      if (webhook === undefined) return false;
      const { lastLiveAt = Number.NEGATIVE_INFINITY, lastLiveId } = webhook;
      if (lastLiveAt > ifBefore && lastLiveId !== id) return false;
      this.hooks.set(sub, { ...webhook, lastLiveAt: at, lastLiveId: id });
      return true;
    };
    // The first answer may be lost, and the client ask again.
    if (this.losesAnswers) mark();
    return mark();
  }

  async addFailure(sub: string, failure: FailedDelivery) {
    this.failed.push({ sub, ...failure });
  }

  async failures(sub: string) {
    return { rows: this.failed.filter((failure) => failure.sub === sub).reverse() };
  }
}

/** A queue that only keeps what was put in, with the wait that was asked for. */
export class QueueInMemory implements WebhookQueue {
  readonly sent: { readonly message: WebhookMessage; readonly after: number }[] = [];
  /** Called before each message is taken, so that a test can refuse it. */
  beforeSend: () => void = () => {};

  async send(message: WebhookMessage, after: number) {
    this.beforeSend();
    this.sent.push({ message, after });
  }
}
