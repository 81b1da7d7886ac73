import { ListQueuesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { readQueueDepth } from "./queue-depth.ts";

/** A queue of what failed for good, and how much waits in it. */
export interface DeadLetters {
  readonly name: string;
  readonly waiting: number;
}

/** The name of a queue ends its address. */
const nameOf = (url: string): string => url.slice(url.lastIndexOf("/") + 1);

/** All queues of dead letters whose names begin so; SQS lists a thousand at most. */
export async function readDeadLetters(sqs: SQSClient, prefix: string): Promise<DeadLetters[]> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: prefix, MaxResults: 1000 }));
  const urls = QueueUrls.filter((url) => url.endsWith("-dead-letters"));
  return Promise.all(
    urls.map(async (url) => ({ name: nameOf(url), waiting: (await readQueueDepth(sqs, url)).waiting })),
  );
}
