import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** About how many messages a queue holds; SQS counts them from several servers. */
export interface QueueDepth {
  readonly waiting: number;
  /** Hidden until their delay is over. */
  readonly delayed: number;
  /** With a consumer now. */
  readonly inFlight: number;
}

export async function readQueueDepth(sqs: SQSClient, queueUrl: string): Promise<QueueDepth> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesDelayed",
        "ApproximateNumberOfMessagesNotVisible",
      ],
    }),
  );
  return {
    waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
  };
}
