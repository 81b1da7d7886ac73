import * as v from "valibot";
import type { Delivery } from "#domain/webhooks/deliver.ts";
import { type WebhookMessage, webhookMessage } from "#domain/webhooks/message.ts";
import type { log } from "../shared/log.ts";
import { messageOf } from "../shared/message-of.ts";
import { type QueueAnswer, type QueueEvent, type QueueMessage, workOffBatch } from "../shared/queue-batch.ts";

export interface Dependencies {
  readonly deliver: (message: WebhookMessage) => Promise<Delivery>;
  readonly log: typeof log;
}

const body = v.pipe(v.string(), v.parseJson(), webhookMessage);

/** Tells messages to webhooks, those of a batch side by side, so that a slow server holds up nobody else. */
export function makeHandler({ deliver, log: write }: Dependencies): (event: QueueEvent) => Promise<QueueAnswer> {
  const work = async (message: QueueMessage) => {
    const read = v.safeParse(body, message.body);
    if (!read.success) {
      write("error", "message not understood", { messageId: message.messageId });
      throw new Error("The message is not of this queue.");
    }
    const { sub, id, tries } = read.output;
    try {
      write("info", "webhook called", { sub, id, tries, ...(await deliver(read.output)) });
    } catch (error) {
      write("error", "webhook not called", {
        sub,
        id,
        tries,
        error: messageOf(error),
      });
      throw error;
    }
  };
  return (event) => workOffBatch(event, work, "side by side");
}
