import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { WorkQueue } from "#domain/accounts/ports.ts";

/** SQS hides a new message no longer. Whoever comes before its time waits again. */
const longestDelaySeconds = 900;

/** The queue of accounts that have work left; a message's body is `{"sub": ...}`. */
export const createWorkQueue = (sqs: SQSClient, queueUrl: string): WorkQueue => ({
  async send(sub, afterMilliseconds) {
    const DelaySeconds = Math.min(longestDelaySeconds, Math.max(0, Math.ceil(afterMilliseconds / 1000)));
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ sub }), DelaySeconds }));
  },
});
