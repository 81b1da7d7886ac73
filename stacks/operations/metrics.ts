import type { NodeFunction } from "#constructs/lambda/node-function.ts";
import type { Metric } from "#constructs/observability/metric.ts";
import type { DeadLetterQueue } from "#constructs/queue/dead-letter-queue.ts";
import { type OwnMetric, ownDimension, ownNamespace } from "#domain/operations/own-metrics.ts";

/** What a function of ours counts itself. */
export const ownOf = ({ functionName }: NodeFunction, name: OwnMetric): Metric => ({
  namespace: ownNamespace,
  name,
  dimensions: { [ownDimension]: functionName },
});

/** What Lambda counts of a function. */
export const lambdaOf = ({ functionName }: NodeFunction, name: string): Metric => ({
  namespace: "AWS/Lambda",
  name,
  dimensions: { FunctionName: functionName },
});

/** What waits in a queue of dead letters. */
export const waitingIn = ({ resource }: DeadLetterQueue): Metric => ({
  namespace: "AWS/SQS",
  name: "ApproximateNumberOfMessagesVisible",
  dimensions: { QueueName: resource.name },
});
