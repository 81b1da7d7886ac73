import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

export interface MoveProps {
  /** The URL of the queue that messages are taken from, for example dead letters. */
  readonly from: string;
  /** The URL of the queue that they are put into. */
  readonly to: string;
  /** Most messages to move. */
  readonly limit: number;
}

export interface Moved {
  /** Now in the other queue, and gone from the first. */
  readonly moved: number;
  /** Not taken by the other queue: they are in the first still, hidden for a minute. */
  readonly left: number;
}

/** SQS takes no more at once. */
const mostAtOnce = 10;

/** Longer than it takes to move ten, so that no one else gets them meanwhile. */
const hiddenForSeconds = 60;

/** Asks all of the queue's servers, so that no answer means that it is empty. */
const waitSeconds = 1;

/** How many messages wait in a queue, about: SQS counts them now and then. Those being worked on are left out. */
export async function countMessages(client: SQSClient, queueUrl: string): Promise<number> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}

/**
 * Puts messages of one queue into another, ten at a time, until the first is empty or the limit is reached. Each is put
 * before it is removed: broken off at any place it loses none, and may double up to ten.
 */
export async function moveMessages(client: SQSClient, { from, to, limit }: MoveProps): Promise<Moved> {
  let moved = 0;
  let left = 0;
  while (moved + left < limit) {
    const messages = await take(client, from, Math.min(mostAtOnce, limit - moved - left));
    if (messages.length === 0) break;
    const taken = await put(client, to, messages);
    await remove(client, from, taken);
    moved += taken.length;
    left += messages.length - taken.length;
  }
  return { moved, left };
}

async function take(client: SQSClient, queueUrl: string, most: number): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: most,
      VisibilityTimeout: hiddenForSeconds,
      WaitTimeSeconds: waitSeconds,
      MessageAttributeNames: ["All"],
    }),
  );
  return Messages;
}

/** Those that the queue took. */
async function put(client: SQSClient, queueUrl: string, messages: readonly Message[]): Promise<Message[]> {
  const Entries = messages.map(({ Body = "", MessageAttributes }, place) => ({
    Id: String(place),
    MessageBody: Body,
    ...(MessageAttributes && { MessageAttributes }),
  }));
  const { Successful = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  return Successful.flatMap(({ Id }) => messages[Number(Id)] ?? []);
}

async function remove(client: SQSClient, queueUrl: string, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  const Entries = messages.map(({ ReceiptHandle }, place) => ({ Id: String(place), ReceiptHandle }));
  await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
}
