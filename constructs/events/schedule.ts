import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js";
import { Construct } from "constructs";
import { checkRange } from "../core/check.ts";
import { physicalName } from "../core/name.ts";
import type { IInvocable } from "../lambda/invocable.ts";
import type { DeadLetterQueue } from "../queue/dead-letter-queue.ts";
import { Delivery } from "./delivery.ts";

export interface ScheduleProps {
  /** 1 to 10080, which is a week. */
  readonly everyMinutes: number;
  readonly target: IInvocable;
  /** What the function is called with. @default EventBridge's own event, with the time */
  readonly input?: Readonly<Record<string, unknown>>;
}

/** EventBridge drops an event after a day. */
const LONGEST_AGE_SECONDS = 86_400;

/** Calls a function again and again. A call that was late until the next is dropped: the next does its work. */
export class Schedule extends Construct {
  /** The underlying `aws_cloudwatch_event_rule`. */
  readonly resource: CloudwatchEventRule;
  /** Calls that could not be made. */
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { everyMinutes, target, input }: ScheduleProps) {
    super(scope, id);
    checkRange(this, "everyMinutes", everyMinutes, { minimum: 1, maximum: 10_080, unit: "minutes" });
    this.resource = new CloudwatchEventRule(this, "Resource", {
      name: physicalName(this, { maximumLength: 64 }),
      scheduleExpression: `rate(${everyMinutes} ${everyMinutes === 1 ? "minute" : "minutes"})`,
    });
    const retry = { maximumAgeSeconds: Math.min(everyMinutes * 60, LONGEST_AGE_SECONDS), maximumRetries: 2 };
    this.deadLetters = new Delivery(this, "Delivery", { rule: this.resource, target, retry, input }).deadLetters;
  }

  get ruleArn(): string {
    return this.resource.arn;
  }

  get outputs(): Record<string, string> {
    return { arn: this.ruleArn, dead_letters_url: this.deadLetters.queueUrl };
  }
}
