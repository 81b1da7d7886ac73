import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import type { Construct } from "constructs";
import { physicalName } from "../core/name.ts";
import type { Grantee } from "../core/policy.ts";

/** The longest that SQS keeps a message. */
const FOURTEEN_DAYS_IN_SECONDS = 14 * 24 * 60 * 60;

/** Where an asynchronous call goes that failed for good. */
export function deadLetterQueue(scope: Construct, sender: Grantee): SqsQueue {
  const queue = new SqsQueue(scope, "DeadLetters", {
    name: `${physicalName(scope, { maximumLength: 67 })}-dead-letters`,
    messageRetentionSeconds: FOURTEEN_DAYS_IN_SECONDS,
    sqsManagedSseEnabled: true,
  });
  sender.grant({ sid: "SendDeadLetters", actions: ["sqs:SendMessage"], resources: [queue.arn] });
  return queue;
}
