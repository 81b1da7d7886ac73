import type { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { checkRange } from "../core/check.ts";
import { physicalName } from "../core/name.ts";
import type { IInvocable } from "../lambda/invocable.ts";
import { DeadLetterQueue } from "../queue/dead-letter-queue.ts";
import { Queue } from "../queue/queue.ts";

/** How long EventBridge tries to hand an event over before it goes to the dead letters. */
export interface RetryPolicy {
  /** 60 to 86400. @default 86400 */
  readonly maximumAgeSeconds?: number;
  /** 0 to 185. @default 185 */
  readonly maximumRetries?: number;
}

export interface DeliveryProps {
  readonly rule: CloudwatchEventRule;
  readonly target: Queue | IInvocable;
  readonly retry: RetryPolicy | undefined;
  /** What the target gets in place of the event. @default the event */
  readonly input?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Hands what a rule matched to a queue or a function, with the target's permission for this rule alone. The dead letters
 * are events that could not be handed over; what a function fails at is in its own (`invocation: "asynchronous"`).
 */
export class Delivery extends Construct {
  /** The underlying `aws_cloudwatch_event_target`. */
  readonly resource: CloudwatchEventTarget;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { rule, target, retry = {}, input }: DeliveryProps) {
    super(scope, id);
    const { maximumAgeSeconds = 86_400, maximumRetries = 185 } = retry;
    checkRange(this, "retry.maximumAgeSeconds", maximumAgeSeconds, { minimum: 60, maximum: 86_400, unit: "seconds" });
    checkRange(this, "retry.maximumRetries", maximumRetries, { minimum: 0, maximum: 185, unit: "retries" });
    this.deadLetters = new DeadLetterQueue(this, "DeadLetters");
    this.deadLetters.policy.acceptEvents(rule.arn);
    if (target instanceof Queue) target.policy.acceptEvents(rule.arn);
    else this.#mayCall(target, rule);
    this.resource = new CloudwatchEventTarget(this, "Resource", {
      rule: rule.name,
      targetId: "target",
      arn: target instanceof Queue ? target.queueArn : target.functionArn,
      ...(input && { input: JSON.stringify(input) }),
      deadLetterConfig: { arn: this.deadLetters.queueArn },
      retryPolicy: { maximumEventAgeInSeconds: maximumAgeSeconds, maximumRetryAttempts: maximumRetries },
    });
  }

  #mayCall(fn: IInvocable, rule: CloudwatchEventRule): void {
    new LambdaPermission(this, "Permission", {
      statementId: physicalName(this, { maximumLength: 100 }),
      action: "lambda:InvokeFunction",
      functionName: fn.functionName,
      ...(fn.qualifier && { qualifier: fn.qualifier }),
      principal: "events.amazonaws.com",
      sourceAccount: AwsStack.of(this).accountId,
      sourceArn: rule.arn,
    });
  }
}
