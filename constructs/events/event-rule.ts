import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { ConfigError } from "../core/config-error.ts";
import { physicalName } from "../core/name.ts";
import type { IInvocable } from "../lambda/invocable.ts";
import type { DeadLetterQueue } from "../queue/dead-letter-queue.ts";
import type { Queue } from "../queue/queue.ts";
import { Delivery, type RetryPolicy } from "./delivery.ts";

export interface EventRuleProps {
  /** Who says it, for example `aws.ivs`. */
  readonly source: string;
  /** What is said, for example `IVS Stream State Change`; at least one. */
  readonly detailTypes: readonly string[];
  /** The account that it is said of. @default the stack's own: another may be let send events to the same bus */
  readonly account?: string;
  /** A queue keeps events while they are worked off; a function is called at once, once for each. */
  readonly target: Queue | IInvocable;
  readonly retry?: RetryPolicy;
}

/** Events of the account's default bus, to a queue or a function. They may come late, twice, in any order, or never. */
export class EventRule extends Construct {
  /** The underlying `aws_cloudwatch_event_rule`. */
  readonly resource: CloudwatchEventRule;
  /** Events that could not be handed over. */
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { source, detailTypes, account, target, retry }: EventRuleProps) {
    super(scope, id);
    if (detailTypes.length === 0) {
      throw new ConfigError("ERR_EVENT_TYPES", this, "detailTypes", "must name at least one", detailTypes);
    }
    this.resource = new CloudwatchEventRule(this, "Resource", {
      name: physicalName(this, { maximumLength: 64 }),
      eventPattern: JSON.stringify({
        source: [source],
        account: [account ?? AwsStack.of(this).accountId],
        "detail-type": detailTypes,
      }),
    });
    this.deadLetters = new Delivery(this, "Delivery", { rule: this.resource, target, retry }).deadLetters;
  }

  get ruleArn(): string {
    return this.resource.arn;
  }

  get outputs(): Record<string, string> {
    return { arn: this.ruleArn, dead_letters_url: this.deadLetters.queueUrl };
  }
}
