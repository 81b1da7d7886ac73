import * as v from "valibot";
import type { WebhookKind } from "./ports.ts";

const kinds = ["live", "ended", "recording-ready"] as const satisfies readonly WebhookKind[];

/** What stands in the queue until it is told: nothing that must be kept secret. */
export const webhookMessage = v.strictObject({
  /** Whose webhook is called. */
  sub: v.string(),
  id: v.string(),
  kind: v.picklist(kinds),
  streamId: v.optional(v.string()),
  /** When it happened, in milliseconds. */
  at: v.number(),
  /** How often telling it was tried before. */
  tries: v.number(),
});

export type WebhookMessage = v.InferOutput<typeof webhookMessage>;

/** Messages that wait to be told. They come at least once, in any order. */
export interface WebhookQueue {
  /** @param afterSeconds how long it waits first, up to 900 */
  send(message: WebhookMessage, afterSeconds: number): Promise<void>;
}
