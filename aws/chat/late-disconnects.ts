import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { LateDisconnects } from "#domain/chat/ports.ts";

/**
 * When the banned are disconnected again, in seconds. A token can be used for a minute, and may have been asked for
 * just before the ban and made by a function that took its ten seconds; the first two are for timeouts of one minute,
 * which further tokens in hand would otherwise outlast.
 */
export const disconnectDelays = [20, 40, 70] as const;

/**
 * Puts disconnects into a queue, to be done after a while.
 *
 * @param delays seconds, each at most 900. @default {@link disconnectDelays}
 */
export const createLateDisconnects = (
  client: SQSClient,
  queueUrl: string,
  delays: readonly number[] = disconnectDelays,
): LateDisconnects => ({
  schedule: async (late) => {
    const Entries = delays.map((DelaySeconds, index) => ({
      Id: String(index),
      DelaySeconds,
      MessageBody: JSON.stringify(late),
    }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    if (Failed.length > 0) throw new Error(`SendMessageBatch left out ${Failed.length}: ${Failed[0]?.Code}`);
  },
});
