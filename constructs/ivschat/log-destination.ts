import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import type { IvschatLoggingConfigurationDestinationConfiguration as DestinationConfiguration } from "@cdktf/provider-aws/lib/ivschat-logging-configuration/index.js";
import type { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream/index.js";
import { type ITerraformDependable, Token } from "cdktf";
import type { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { ConfigError } from "../core/config-error.ts";
import type { PrivateBucket } from "../data/private-bucket.ts";
import { DELIVERY_SERVICE, LogDeliveryPolicy } from "./log-delivery-policy.ts";

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
      // The names that AWS gives these two statements: where it misses them, it adds its own.
      if (!bucket.hasStatement("AWSLogDeliveryWrite")) letLogDeliveryWrite(bucket, AwsStack.of(scope));
      return { configuration: { s3: { bucketName: bucket.bucketName } }, requires: [bucket.policy] };
    },
  };
}

function letLogDeliveryWrite(bucket: PrivateBucket, stack: AwsStack): void {
  const ArnLike = { "aws:SourceArn": stack.arn("logs", "*") };
  const account = { "aws:SourceAccount": stack.accountId };
  bucket.addToPolicy({
    sid: "AWSLogDeliveryWrite",
    principal: DELIVERY_SERVICE,
    actions: ["s3:PutObject"],
    resources: [`${bucket.bucketArn}/AWSLogs/${stack.accountId}/*`],
    conditions: { StringEquals: { ...account, "s3:x-amz-acl": "bucket-owner-full-control" }, ArnLike },
  });
  bucket.addToPolicy({
    sid: "AWSLogDeliveryAclCheck",
    principal: DELIVERY_SERVICE,
    actions: ["s3:GetBucketAcl", "s3:ListBucket"],
    resources: [bucket.bucketArn],
    conditions: { StringEquals: account, ArnLike },
  });
}

/** Streams `aws/IVSChatLogs/1.0/room_<id>` in a log group, about ten seconds late. */
export function cloudwatchLogs(logGroup: CloudwatchLogGroup): LogDestination {
  return {
    prepare(scope) {
      const name = logGroup.nameInput;
      if (!Token.isUnresolved(name) && !name?.startsWith(VENDED_LOGS_PREFIX)) {
        const rule = `must begin with ${VENDED_LOGS_PREFIX}`;
        throw new ConfigError("ERR_LOG_GROUP_NAME", scope, "logGroup.name", rule, name);
      }
      const { resource: policy } = LogDeliveryPolicy.of(scope).allow(logGroup);
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
