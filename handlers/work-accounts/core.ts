import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import * as v from "valibot";
import type { Outcome } from "#domain/accounts/outcome.ts";
import type { log } from "../shared/log.ts";

export interface Dependencies {
  /** Does whatever the account needs. */
  readonly work: (sub: string) => Promise<Outcome>;
  readonly log: typeof log;
}

/** What Lambda hands over of a queue. */
interface QueueEvent {
  readonly Records: { readonly messageId: string; readonly body: string }[];
}

/** Which messages are to come back. */
interface Answer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

const message = v.pipe(v.string(), v.parseJson(), v.object({ sub: v.pipe(v.string(), v.nonEmpty()) }));

const nameOf = (error: unknown) => (error instanceof Error ? error.message : "unknown");

/**
 * Works off the queue of accounts, the messages of a batch side by side. One that fails comes back by itself, and goes to
 * the dead letters in the end; one that must wait has been put back already.
 */
export function makeHandler({ work, log: write }: Dependencies): (event: QueueEvent) => Promise<Answer> {
  const workOff = async ({ messageId, body }: { readonly messageId: string; readonly body: string }) => {
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
      write("error", "account not worked on", { sub, error: nameOf(error) });
      throw error;
    }
  };
  return (event) =>
    processPartialResponse(event, workOff, new BatchProcessor(EventType.SQS), { throwOnFullBatchFailure: false });
}
