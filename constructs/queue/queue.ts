import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { Construct } from "constructs";
import { checkRange } from "../core/check.ts";
import { ConfigError } from "../core/config-error.ts";
import { physicalName } from "../core/name.ts";
import type { Grantee } from "../core/policy.ts";
import type { Bindable, IConsumer } from "../lambda/consumer.ts";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { QueuePolicy } from "./queue-policy.ts";

export interface QueueProps {
  /** How often a message is tried before it goes to the dead letters, 1 to 1000. @default 5 */
  readonly maximumReceives?: number;
}

export interface ConsumeProps {
  /** Most messages of one call, 1 to 10000; above 10 needs a batch window. @default 10 */
  readonly batchSize?: number;
  /** How long messages are gathered for one call, 0 to 300. @default 0 */
  readonly batchWindowSeconds?: number;
  /** The function answers which messages failed; without it one failure brings back the whole batch. @default true */
  readonly reportBatchItemFailures?: boolean;
  /** Most calls at once, 2 to 1000 (SQS takes no 1). @default as many as the account has */
  readonly maximumConcurrency?: number;
}

/** What AWS advises for a queue that calls a function: a throttled call is tried again before its message comes back. */
const VISIBILITY_PER_TIMEOUT = 6;
/** SQS gathers no more without a window. */
const LARGEST_BATCH_WITHOUT_WINDOW = 10;

/** An SQS queue with its dead letters: encrypted, over TLS only. */
export class Queue extends Construct implements Bindable<"send"> {
  /** The underlying `aws_sqs_queue`. */
  readonly resource: SqsQueue;
  readonly deadLetters: DeadLetterQueue;
  readonly policy: QueuePolicy;

  constructor(scope: Construct, id: string, { maximumReceives = 5 }: QueueProps = {}) {
    super(scope, id);
    checkRange(this, "maximumReceives", maximumReceives, { minimum: 1, maximum: 1000, unit: "receives" });
    this.deadLetters = new DeadLetterQueue(this, "DeadLetters");
    const name = physicalName(this, { maximumLength: 80 });
    this.policy = new QueuePolicy(this, name);
    this.resource = new SqsQueue(this, "Resource", {
      name,
      policy: this.policy.document,
      sqsManagedSseEnabled: true,
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: this.deadLetters.queueArn,
        maxReceiveCount: maximumReceives,
      }),
    });
  }

  get queueArn(): string {
    return this.resource.arn;
  }

  get queueUrl(): string {
    return this.resource.url;
  }

  get bindingValue(): string {
    return this.queueUrl;
  }

  get outputs(): Record<string, string> {
    return { arn: this.queueArn, url: this.queueUrl, dead_letters_url: this.deadLetters.queueUrl };
  }

  /**
   * Has a function called with the messages; one function for a queue. A message that it has taken stays hidden for six
   * times the function's timeout, and the window.
   */
  consume(consumer: IConsumer, props: ConsumeProps = {}): LambdaEventSourceMapping {
    const { batchSize = 10, batchWindowSeconds = 0, reportBatchItemFailures = true, maximumConcurrency } = props;
    checkRange(this, "batchSize", batchSize, { minimum: 1, maximum: 10_000, unit: "messages" });
    checkRange(this, "batchWindowSeconds", batchWindowSeconds, { minimum: 0, maximum: 300, unit: "seconds" });
    checkRange(this, "maximumConcurrency", maximumConcurrency, { minimum: 2, maximum: 1000, unit: "calls" });
    if (batchSize > LARGEST_BATCH_WITHOUT_WINDOW && batchWindowSeconds === 0) {
      const rule = `must be at most ${LARGEST_BATCH_WITHOUT_WINDOW} without batchWindowSeconds`;
      throw new ConfigError("ERR_BATCH_WINDOW", this, "batchSize", rule, batchSize);
    }
    this.resource.visibilityTimeoutSeconds = consumer.timeoutSeconds * VISIBILITY_PER_TIMEOUT + batchWindowSeconds;
    consumer.grant({
      sid: "ConsumeQueue",
      actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      resources: [this.queueArn],
    });
    return new LambdaEventSourceMapping(this, "Consumer", {
      eventSourceArn: this.queueArn,
      functionName: consumer.functionArn,
      batchSize,
      ...(batchWindowSeconds > 0 && { maximumBatchingWindowInSeconds: batchWindowSeconds }),
      ...(reportBatchItemFailures && { functionResponseTypes: ["ReportBatchItemFailures"] }),
      ...(maximumConcurrency !== undefined && { scalingConfig: { maximumConcurrency } }),
      dependsOn: [consumer.grants],
    });
  }

  /** Lets a function put messages in. */
  grantSend(grantee: Grantee): void {
    grantee.grant({ sid: "SendMessages", actions: ["sqs:SendMessage"], resources: [this.queueArn] });
  }

  grantAccess(grantee: Grantee, _access: "send"): void {
    this.grantSend(grantee);
  }
}
