import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy/index.js";
import type { IvschatLoggingConfigurationDestinationConfiguration as DestinationConfiguration } from "@cdktf/provider-aws/lib/ivschat-logging-configuration/index.js";
import type { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream/index.js";
import { type ITerraformDependable, Token } from "cdktf";
import type { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { ConfigError } from "../core/config-error.ts";
import { physicalName } from "../core/name.ts";
import { policyDocument } from "../core/policy.ts";
import type { PrivateBucket } from "../data/private-bucket.ts";

/** What writes logs for other services. */
const DELIVERY_SERVICE = { service: "delivery.logs.amazonaws.com" };

/** CloudWatch lets the delivery service write to such names without growing the account's resource policies past their size. */
export const VENDED_LOGS_PREFIX = "/aws/vendedlogs/";

interface Prepared {
  readonly configuration: DestinationConfiguration;
  /** Must exist before the logging configuration: the service tries the destination when it is created. */
  readonly requires: readonly ITerraformDependable[];
}

/** One place for chat logs. Make one by {@link s3}, {@link cloudwatchLogs} or {@link firehose}. */
export interface LogDestination {
  prepare(scope: Construct): Prepared;
}

/** Objects under `AWSLogs/<account>/IVSChatLogs/`, about five minutes late. */
export function s3(bucket: PrivateBucket): LogDestination {
  return {
    prepare(scope) {
      const stack = AwsStack.of(scope);
      const objects = `${bucket.bucketArn}/AWSLogs/${stack.accountId}/*`;
      const sid = scope.node.id.replace(/[^a-zA-Z0-9]/g, "");
      bucket.addToPolicy({
        sid: `WriteChatLogs${sid}`,
        principal: DELIVERY_SERVICE,
        actions: ["s3:PutObject"],
        resources: [objects],
        conditions: {
          StringEquals: { "aws:SourceAccount": stack.accountId, "s3:x-amz-acl": "bucket-owner-full-control" },
          ArnLike: { "aws:SourceArn": stack.arn("logs", "*") },
        },
      });
      bucket.addToPolicy({
        sid: `CheckChatLogs${sid}`,
        principal: DELIVERY_SERVICE,
        actions: ["s3:GetBucketAcl", "s3:ListBucket"],
        resources: [bucket.bucketArn],
        conditions: {
          StringEquals: { "aws:SourceAccount": stack.accountId },
          ArnLike: { "aws:SourceArn": stack.arn("logs", "*") },
        },
      });
      return { configuration: { s3: { bucketName: bucket.bucketName } }, requires: [bucket.policy] };
    },
  };
}

/** Streams `aws/IVSChatLogs/1.0/room_<id>` in a log group, about ten seconds late. */
export function cloudwatchLogs(logGroup: CloudwatchLogGroup): LogDestination {
  return {
    prepare(scope) {
      const stack = AwsStack.of(scope);
      const name = logGroup.nameInput;
      if (!Token.isUnresolved(name) && !name?.startsWith(VENDED_LOGS_PREFIX)) {
        throw new ConfigError(
          "ERR_LOG_GROUP_NAME",
          scope,
          "logGroup.name",
          `must begin with ${VENDED_LOGS_PREFIX}`,
          name,
        );
      }
      const policy = new CloudwatchLogResourcePolicy(scope, "Delivery", {
        policyName: physicalName(scope),
        policyDocument: policyDocument([
          {
            sid: "WriteChatLogs",
            principal: DELIVERY_SERVICE,
            actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
            resources: [`${logGroup.arn}:log-stream:*`],
            conditions: {
              StringEquals: { "aws:SourceAccount": stack.accountId },
              ArnLike: { "aws:SourceArn": stack.arn("logs", "*") },
            },
          },
        ]),
      });
      return { configuration: { cloudwatchLogs: { logGroupName: logGroup.name } }, requires: [policy, logGroup] };
    },
  };
}

/** Records to a delivery stream, about ten seconds late. It gets the tag by which the delivery service may write to it. */
export function firehose(deliveryStream: KinesisFirehoseDeliveryStream): LogDestination {
  return {
    prepare(scope) {
      const tags = deliveryStream.tagsInput ?? {};
      if (Token.isUnresolved(tags)) {
        throw new ConfigError(
          "ERR_TAGS_UNKNOWN",
          scope,
          "deliveryStream.tags",
          "must be known at synthesis",
          "a token",
        );
      }
      deliveryStream.tags = { ...tags, LogDeliveryEnabled: "true" };
      return {
        configuration: { firehose: { deliveryStreamName: deliveryStream.name } },
        requires: [deliveryStream],
      };
    },
  };
}
