import * as v from "valibot";
import type { Outcome } from "#domain/accounts/outcome.ts";
import type { log } from "../shared/log.ts";
import { messageOf } from "../shared/message-of.ts";
import { type QueueAnswer, type QueueEvent, type QueueMessage, workOffBatch } from "../shared/queue-batch.ts";

export interface Dependencies {
  /** Does whatever the account needs. */
  readonly work: (sub: string) => Promise<Outcome>;
  readonly log: typeof log;
}

const message = v.pipe(v.string(), v.parseJson(), v.object({ sub: v.pipe(v.string(), v.nonEmpty()) }));

/**
 * Works off the queue of accounts, the messages of a batch side by side. One that fails comes back by itself, and goes to
 * the dead letters in the end; one that must wait has been put back already.
 */
export function makeHandler({ work, log: write }: Dependencies): (event: QueueEvent) => Promise<QueueAnswer> {
  const workOff = async ({ messageId, body }: QueueMessage) => {
    const read = v.safeParse(message, body);
    if (!read.success) {
      write("error", "message not understood", { messageId });
      throw new Error("The message is not of this queue.");
    }
    const { sub } = read.output;
    try {
      const outcome = await work(sub);
      write("info", "account worked on", { sub, outcome: outcome.kind === "later" ? outcome.why : outcome.kind });
    } catch (error) {
      write("error", "account not worked on", { sub, error: messageOf(error) });
      throw error;
    }
  };
  return (event) => workOffBatch(event, workOff, "side by side");
}
