import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** A queue, and who sends to it. */
export interface Queue {
  readonly client: SQSClient;
  readonly queueUrl: string;
}

/**
 * Puts a message into a queue, as JSON. It comes out at least once, in any order.
 *
 * @param afterSeconds how long it waits first, 0 to 900
 */
export async function sendToQueue({ client, queueUrl }: Queue, message: unknown, afterSeconds = 0): Promise<void> {
  const MessageBody = JSON.stringify(message);
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds: afterSeconds }));
}

/** A queue as the domain asks for one. */
export const portOf = (queue: Queue) => ({
  send: (message: unknown, afterSeconds: number) => sendToQueue(queue, message, afterSeconds),
});
