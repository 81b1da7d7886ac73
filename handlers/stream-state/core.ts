import type { StreamEventDecision } from "#domain/live-state/apply-stream-event.ts";
import { readStreamEvent, type StreamEvent } from "#domain/live-state/stream-event.ts";
import type { Announcement } from "#domain/webhooks/announce.ts";
import { type Happening, happeningOfEvent } from "#domain/webhooks/happening.ts";
import type { log } from "../shared/log.ts";
import { messageOf } from "../shared/message-of.ts";
import { type QueueAnswer, type QueueEvent, type QueueMessage, workOffBatch } from "../shared/queue-batch.ts";

export interface Dependencies {
  readonly apply: (event: StreamEvent) => Promise<StreamEventDecision>;
  readonly announce: (happening: Happening) => Promise<Announcement>;
  readonly log: typeof log;
}

/** Not an event of the service: it is to end among the dead letters, for a person to look at. */
class StreamEventError extends Error {
  readonly code = "ERR_STREAM_EVENT";
}

const outcomes = { change: "changed", record: "recorded", drop: "dropped" } as const;

/** What EventBridge puts into a queue is the event as JSON. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * Takes what Amazon IVS says of channels from its queue: into the live state, the session history and the owners'
 * webhooks. One by one, since events of one channel tend to come together and write one row.
 */
export function makeHandler({
  apply,
  announce,
  log: write,
}: Dependencies): (event: QueueEvent) => Promise<QueueAnswer> {
  async function take({ body, attributes }: QueueMessage) {
    const reading = readStreamEvent(parsed(body));
    if (reading.kind === "unused") return "unused";
    if (reading.kind === "refused") {
      throw new StreamEventError(`${reading.field} ${reading.rule}; it is ${reading.got}.`);
    }
    const decision = await apply(reading.event);
    const isRepeated = Number(attributes.ApproximateReceiveCount) > 1;
    const happening = happeningOfEvent(reading.event, decision, isRepeated);
    if (happening !== undefined) await announce(happening);
    return outcomes[decision.action];
  }

  return async (batch) => {
    const counts = { changed: 0, recorded: 0, dropped: 0, unused: 0 };
    const work = async (message: QueueMessage) => {
      try {
        counts[await take(message)]++;
      } catch (error) {
        const { messageId } = message;
        write("error", "stream event not taken", {
          messageId,
          error: messageOf(error),
        });
        throw error;
      }
    };
    const answer = await workOffBatch(batch, work, "one by one");
    write("info", "stream events taken", { ...counts, failed: answer.batchItemFailures.length });
    return answer;
  };
}
