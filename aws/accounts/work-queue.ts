import type { SQSClient } from "@aws-sdk/client-sqs";
import type { WorkQueue } from "#domain/accounts/ports.ts";
import { sendToQueue } from "../queue/queue.ts";

/** SQS hides a new message no longer. Whoever comes before its time waits again. */
const longestDelaySeconds = 900;

/** The queue of accounts that have work left; a message's body is a WorkMessage as JSON. */
export const createWorkQueue = (client: SQSClient, queueUrl: string): WorkQueue => ({
  send(sub, afterMilliseconds, putBack) {
    const seconds = Math.min(longestDelaySeconds, Math.max(0, Math.ceil(afterMilliseconds / 1000)));
    return sendToQueue({ client, queueUrl }, { sub, ...putBack }, seconds);
  },
});
