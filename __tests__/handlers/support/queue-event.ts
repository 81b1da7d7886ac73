import type { QueueEvent } from "#handlers/shared/queue-batch.ts";

/** A batch as Lambda hands it over; ids are `m0`, `m1` and so on. */
export const queueEvent = (bodies: readonly unknown[], receives = 1): QueueEvent => ({
  Records: bodies.map((body, place) => ({
    messageId: `m${place}`,
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: String(receives) },
  })),
});

/** What a batch answers with when these messages are to come back. */
export const failed = (...messageIds: string[]) => ({
  batchItemFailures: messageIds.map((itemIdentifier) => ({ itemIdentifier })),
});

/** A log that is only kept. */
export function keptLog() {
  const lines: unknown[] = [];
  const log = (level: string, message: string, fields = {}) => void lines.push([level, message, fields]);
  return { lines, log };
}
