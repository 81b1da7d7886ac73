import * as v from "valibot";
import type { WorkMessage, WorkOutcome } from "#domain/accounts/work.ts";
import type { log } from "../shared/log.ts";
import { messageOf } from "../shared/message-of.ts";
import { type QueueAnswer, type QueueEvent, type QueueMessage, workOffBatch } from "../shared/queue-batch.ts";

export interface Dependencies {
  /** Does whatever the account needs. */
  readonly work: (message: WorkMessage) => Promise<WorkOutcome>;
  readonly log: typeof log;
}

const message = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    sub: v.pipe(v.string(), v.nonEmpty()),
    tries: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
    turn: v.optional(v.string(), ""),
  }),
);

/**
 * Works off the queue of accounts, the messages of a batch side by side. One that fails comes back by itself, and goes to
 * the dead letters in the end; one that must wait has been put back already. One that was put back too often is told of once, and left to the sweep.
 */
export function makeHandler({ work, log: write }: Dependencies): (event: QueueEvent) => Promise<QueueAnswer> {
  const workOff = async ({ messageId, body }: QueueMessage) => {
    const read = v.safeParse(message, body);
    if (!read.success) {
      write("error", "message not understood", { messageId });
      throw new Error("The message is not of this queue.");
    }
    const { sub, tries } = read.output;
    try {
      const outcome = await work(read.output);
      if (outcome.kind === "given-up") write("error", "account left to the sweep", { sub, why: outcome.why, tries });
      else {
        const how = outcome.kind === "later" ? outcome.why : outcome.kind;
        write("info", "account worked on", { sub, outcome: how }, how === "throttled" ? { ServiceThrottles: 1 } : {});
      }
    } catch (error) {
      write("error", "account not worked on", { sub, error: messageOf(error) });
      throw error;
    }
  };
  return (event) => workOffBatch(event, workOff, "side by side");
}
