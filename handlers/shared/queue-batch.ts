import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";

/** What Lambda hands over of a queue: up to the mapping's batch size of messages. */
export interface QueueEvent {
  readonly Records: QueueMessage[];
}

export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: {
    /** 1 for a message that was never handed over before. */
    readonly ApproximateReceiveCount: string;
  };
}

/** Which messages are to come back. */
export interface QueueAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Works off a batch. A message whose work throws comes back by itself, and goes to the dead letters in the end.
 *
 * @param order messages of one batch that write the same rows are better done one by one
 */
export const workOffBatch = (
  event: QueueEvent,
  work: (message: QueueMessage) => Promise<void>,
  order: "side by side" | "one by one",
): Promise<QueueAnswer> =>
  processPartialResponse(event, work, new BatchProcessor(EventType.SQS), {
    throwOnFullBatchFailure: false,
    processInParallel: order === "side by side",
  });
