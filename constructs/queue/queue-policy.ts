import { Lazy } from "cdktf";
import type { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { policyDocument, type Statement } from "../core/policy.ts";

/**
 * The policy of a queue: it answers over TLS only, and takes events from the rules that it was told of. It is an attribute
 * of the queue, not a resource beside it: the provider waits 25 seconds for each.
 */
export class QueuePolicy {
  readonly #stack: AwsStack;
  readonly #queueArn: string;
  readonly #ruleArns: string[] = [];

  constructor(scope: Construct, queueName: string) {
    this.#stack = AwsStack.of(scope);
    this.#queueArn = this.#stack.arn("sqs", queueName);
  }

  /** The document, with all rules that are known when the app is synthesized. */
  get document(): string {
    return Lazy.stringValue({ produce: () => policyDocument(this.#statements()) });
  }

  /** Lets EventBridge send what a rule of this account matched. */
  acceptEvents(ruleArn: string): void {
    this.#ruleArns.push(ruleArn);
  }

  #statements(): Statement[] {
    const resources = [this.#queueArn];
    const tlsOnly: Statement = {
      sid: "TlsOnly",
      effect: "Deny",
      principal: "everyone",
      actions: ["sqs:*"],
      resources,
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    };
    if (this.#ruleArns.length === 0) return [tlsOnly];
    const events: Statement = {
      sid: "AcceptEvents",
      principal: { service: "events.amazonaws.com" },
      actions: ["sqs:SendMessage"],
      resources,
      conditions: {
        StringEquals: { "aws:SourceAccount": this.#stack.accountId },
        ArnEquals: { "aws:SourceArn": this.#ruleArns },
      },
    };
    return [tlsOnly, events];
  }
}
