import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { Construct } from "constructs";
import { physicalName } from "../core/name.ts";
import type { Grantee } from "../core/policy.ts";
import { QueuePolicy } from "./queue-policy.ts";

/** The longest that SQS keeps a message. */
const FOURTEEN_DAYS_IN_SECONDS = 14 * 24 * 60 * 60;

const SUFFIX = "-dead-letters";

/** Where goes what failed for good, until somebody looks at it: encrypted, over TLS only, kept for fourteen days. */
export class DeadLetterQueue extends Construct {
  /** The underlying `aws_sqs_queue`, named after the construct that it stands in. */
  readonly resource: SqsQueue;
  readonly policy: QueuePolicy;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const name = physicalName(scope, { maximumLength: 80 - SUFFIX.length }) + SUFFIX;
    this.policy = new QueuePolicy(this, name);
    this.resource = new SqsQueue(this, "Resource", {
      name,
      policy: this.policy.document,
      messageRetentionSeconds: FOURTEEN_DAYS_IN_SECONDS,
      sqsManagedSseEnabled: true,
    });
  }

  get queueArn(): string {
    return this.resource.arn;
  }

  get queueUrl(): string {
    return this.resource.url;
  }

  get outputs(): Record<string, string> {
    return { arn: this.queueArn, url: this.queueUrl };
  }

  /** Lets a function leave here what it could not do. */
  grantSend(grantee: Grantee): void {
    grantee.grant({ sid: "SendDeadLetters", actions: ["sqs:SendMessage"], resources: [this.queueArn] });
  }
}
