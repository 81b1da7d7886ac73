import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy/index.js";
import { IvschatLoggingConfiguration } from "@cdktf/provider-aws/lib/ivschat-logging-configuration/index.js";
import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { PrivateBucket } from "#constructs/data/private-bucket.ts";
import { cloudwatchLogs, firehose, s3 } from "#constructs/ivschat/log-destination.ts";
import { LoggingConfiguration } from "#constructs/ivschat/logging-configuration.ts";

const ACCOUNT = "${data.aws_caller_identity.caller.account_id}";
const FROM_LOGS = {
  StringEquals: { "aws:SourceAccount": ACCOUNT },
  ArnLike: { "aws:SourceArn": `arn:\${data.aws_partition.partition.partition}:logs:eu-west-1:${ACCOUNT}:*` },
};

describe("LoggingConfiguration", () => {
  it("to S3: lets the delivery service write for this account only, before the configuration", () => {
    const stack = testStack();
    new LoggingConfiguration(stack, "archive", { destination: s3(new PrivateBucket(stack, "bucket")) });
    const { resource } = template(stack);
    const statements = JSON.parse(resource(S3BucketPolicy).policy as string).Statement;
    expect(statements).toEqual([
      expect.objectContaining({ Sid: "TlsOnly", Effect: "Deny" }),
      {
        Sid: "AWSLogDeliveryWrite",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["s3:PutObject"],
        Resource: [`\${aws_s3_bucket.bucket.arn}/AWSLogs/${ACCOUNT}/*`],
        Condition: {
          ...FROM_LOGS,
          StringEquals: { ...FROM_LOGS.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" },
        },
      },
      {
        Sid: "AWSLogDeliveryAclCheck",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["s3:GetBucketAcl", "s3:ListBucket"],
        Resource: ["${aws_s3_bucket.bucket.arn}"],
        Condition: FROM_LOGS,
      },
    ]);
    expect(resource(IvschatLoggingConfiguration)).toMatchObject({
      destination_configuration: { s3: { bucket_name: "${aws_s3_bucket.bucket.bucket}" } },
      depends_on: ["aws_s3_bucket_policy.bucket_Policy"],
    });
  });

  it("to CloudWatch Logs: writes the log resource policy first", () => {
    const stack = testStack();
    const logGroup = new CloudwatchLogGroup(stack, "group", { name: "/aws/vendedlogs/chat" });
    new LoggingConfiguration(stack, "search", { destination: cloudwatchLogs(logGroup) });
    const { resource } = template(stack);
    expect(JSON.parse(resource(CloudwatchLogResourcePolicy).policy_document as string).Statement).toEqual([
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: ["${aws_cloudwatch_log_group.group.arn}:log-stream:*"],
        Condition: FROM_LOGS,
      },
    ]);
    expect(resource(IvschatLoggingConfiguration).depends_on).toContain(
      "aws_cloudwatch_log_resource_policy.log-delivery",
    );
  });

  it("shares one bucket and one log resource policy among all of a stack: an account may have ten policies", () => {
    const stack = testStack();
    const bucket = new PrivateBucket(stack, "bucket");
    for (const id of ["a", "b"]) {
      const logGroup = new CloudwatchLogGroup(stack, `group-${id}`, { name: `/aws/vendedlogs/${id}` });
      new LoggingConfiguration(stack, `logs-${id}`, { destination: cloudwatchLogs(logGroup) });
      new LoggingConfiguration(stack, `objects-${id}`, { destination: s3(bucket) });
    }
    const { resource } = template(stack);
    const [statement] = JSON.parse(resource(CloudwatchLogResourcePolicy).policy_document as string).Statement;
    expect(statement.Resource).toEqual([
      "${aws_cloudwatch_log_group.group-a.arn}:log-stream:*",
      "${aws_cloudwatch_log_group.group-b.arn}:log-stream:*",
    ]);
    expect(JSON.parse(resource(S3BucketPolicy).policy as string).Statement).toHaveLength(3);
  });

  it("is made before the one it replaces is deleted, so that rooms can be pointed at it", () => {
    const stack = testStack();
    new LoggingConfiguration(stack, "archive", { destination: s3(new PrivateBucket(stack, "bucket")) });
    expect(template(stack).resource(IvschatLoggingConfiguration).lifecycle).toEqual({ create_before_destroy: true });
  });

  it("to CloudWatch Logs: refuses a group outside /aws/vendedlogs/", () => {
    const stack = testStack();
    const logGroup = new CloudwatchLogGroup(stack, "group", { name: "/chat" });
    expect(() => new LoggingConfiguration(stack, "search", { destination: cloudwatchLogs(logGroup) })).toThrow(
      'stack/search, logGroup.name: must begin with /aws/vendedlogs/; got "/chat".  ERR_LOG_GROUP_NAME',
    );
  });

  it("to Firehose: tags the stream for log delivery and keeps its other tags", () => {
    const stack = testStack();
    const stream = new KinesisFirehoseDeliveryStream(stack, "stream", {
      name: "chat",
      destination: "extended_s3",
      tags: { team: "chat" },
    });
    new LoggingConfiguration(stack, "analysis", { destination: firehose(stream) });
    const { resource } = template(stack);
    expect(resource(KinesisFirehoseDeliveryStream).tags).toEqual({ team: "chat", LogDeliveryEnabled: "true" });
    expect(resource(IvschatLoggingConfiguration).destination_configuration).toEqual({
      firehose: { delivery_stream_name: "${aws_kinesis_firehose_delivery_stream.stream.name}" },
    });
  });

  it("is read from its ARN and from no other", () => {
    const stack = testStack();
    const arn = "arn:aws:ivschat:eu-west-1:111122223333:logging-configuration/AbCdEf123456";
    expect(LoggingConfiguration.fromLoggingConfigurationArn(stack, arn).loggingConfigurationArn).toBe(arn);
    expect(() =>
      LoggingConfiguration.fromLoggingConfigurationArn(stack, arn.replace("logging-configuration", "room")),
    ).toThrow("must be the ARN of an ivschat logging-configuration");
  });
});
