import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { physicalName } from "../core/name.ts";
import { LogDeliveryPolicy } from "../ivschat/log-delivery-policy.ts";
import { VENDED_LOGS_PREFIX } from "../ivschat/log-destination.ts";

/** What a line says of a request; no token, no body, no query. */
const FIELDS = {
  time: "$context.requestTimeEpoch",
  requestId: "$context.requestId",
  route: "$context.routeKey",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
  sub: "$context.authorizer.claims.sub",
  sourceIp: "$context.identity.sourceIp",
};

/** One JSON line for each request to an API, kept as long as the stack keeps logs. */
export class AccessLog extends Construct {
  readonly logGroup: CloudwatchLogGroup;
  /** Lets API Gateway's lines be delivered: the stage must be made after it. */
  readonly policy: LogDeliveryPolicy;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.logGroup = new CloudwatchLogGroup(this, "Logs", {
      name: `${VENDED_LOGS_PREFIX}http-api/${physicalName(scope)}`,
      retentionInDays: AwsStack.of(this).logRetentionDays,
    });
    this.policy = LogDeliveryPolicy.of(this).allow(this.logGroup);
  }

  /** As a stage asks for it. */
  get settings(): { destinationArn: string; format: string } {
    return { destinationArn: this.logGroup.arn, format: JSON.stringify(FIELDS) };
  }
}
