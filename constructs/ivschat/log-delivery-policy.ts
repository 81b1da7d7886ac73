import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy/index.js";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { physicalName } from "../core/name.ts";
import { policyDocument } from "../core/policy.ts";

/** What writes logs for other services. */
export const DELIVERY_SERVICE = { service: "delivery.logs.amazonaws.com" };

const ID = "log-delivery";

/** Lets log delivery write into log groups. One for a stack: an account may have ten such policies in a region. */
export class LogDeliveryPolicy extends Construct {
  /** The underlying `aws_cloudwatch_log_resource_policy`. */
  readonly resource: CloudwatchLogResourcePolicy;
  readonly #logGroups: CloudwatchLogGroup[] = [];

  private constructor(scope: AwsStack) {
    super(scope, ID);
    this.resource = new CloudwatchLogResourcePolicy(this, "Resource", {
      policyName: physicalName(this),
      policyDocument: Lazy.stringValue({ produce: () => this.#document() }),
    });
  }

  /** The policy of the stack that a construct stands in. */
  static of(scope: Construct): LogDeliveryPolicy {
    const stack = AwsStack.of(scope);
    const existing = stack.node.tryFindChild(ID);
    return existing instanceof LogDeliveryPolicy ? existing : new LogDeliveryPolicy(stack);
  }

  allow(logGroup: CloudwatchLogGroup): this {
    this.#logGroups.push(logGroup);
    return this;
  }

  #document(): string {
    const stack = AwsStack.of(this);
    return policyDocument([
      {
        sid: "WriteLogs",
        principal: DELIVERY_SERVICE,
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: this.#logGroups.map(({ arn }) => `${arn}:log-stream:*`),
        conditions: {
          StringEquals: { "aws:SourceAccount": stack.accountId },
          ArnLike: { "aws:SourceArn": stack.arn("logs", "*") },
        },
      },
    ]);
  }
}
