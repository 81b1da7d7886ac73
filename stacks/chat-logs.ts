import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { Construct } from "constructs";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { PrivateBucket } from "#constructs/data/private-bucket.ts";
import { cloudwatchLogs, type LogDestination, s3, VENDED_LOGS_PREFIX } from "#constructs/ivschat/log-destination.ts";
import { LoggingConfiguration } from "#constructs/ivschat/logging-configuration.ts";
import type { LoggingSettings, Settings } from "#settings/schema.ts";

/** Where what is said in the rooms is kept, and the ring of configurations that say so. */
export class ChatLogs extends Construct {
  /** The first entry of each destination: what rooms name. */
  readonly current: readonly LoggingConfiguration[];
  readonly arns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const entries = settings.loggingConfigurations;
    const bucket = entries.some(isS3)
      ? new PrivateBucket(this, "bucket", { expireAfterDays: settings.chatLogRetentionDays })
      : undefined;
    // Scopes of their own: an entry may have any name.
    const configurations = new Construct(this, "configurations");
    const groups = new Construct(this, "groups");
    const made = entries.map(
      (entry) =>
        new LoggingConfiguration(configurations, entry.name, {
          destination: bucket && isS3(entry) ? s3(bucket) : logGroup(groups, entry.name),
        }),
    );
    const firstToS3 = made[entries.findIndex(isS3)];
    const firstToLogs = made[entries.findIndex((entry) => !isS3(entry))];
    this.current = [firstToS3, firstToLogs].filter((found) => found !== undefined);
    this.arns = Object.fromEntries(made.map((entry) => [entry.node.id, entry.loggingConfigurationArn]));
  }
}

function logGroup(scope: Construct, name: string): LogDestination {
  const { namePrefix, logRetentionDays } = AwsStack.of(scope);
  return cloudwatchLogs(
    new CloudwatchLogGroup(scope, name, {
      name: `${VENDED_LOGS_PREFIX}ivschat/${namePrefix}-${name}`,
      retentionInDays: logRetentionDays,
    }),
  );
}

const isS3 = ({ s3 }: LoggingSettings): boolean => s3 !== undefined;
