import type { AwsStackProps } from "#constructs/core/aws-stack.ts";
import { type Backend, stateKey } from "#settings/backend.ts";
import type { Settings } from "#settings/schema.ts";

/** All that a stack is told from outside. */
export interface Environment {
  /** For example `dev`. */
  readonly name: string;
  readonly settings: Settings;
  readonly backend: Backend;
}

/** What every stack of an environment shares. Each stack has a state of its own. */
export function stackProps({ name, settings, backend }: Environment, stack: string): AwsStackProps {
  return {
    region: settings.region,
    namePrefix: `onair-${name}`,
    allowedAccountIds: settings.allowedAccountIds,
    tags: { ...settings.tags, "onair:environment": name },
    awsProviderVersion: settings.awsProviderVersion,
    protect: settings.protect,
    forceDestroyBuckets: settings.forceDestroyBuckets,
    logRetentionDays: settings.logRetentionDays,
    remoteState: {
      bucket: backend.bucket,
      region: backend.region,
      key: stateKey(name, stack),
      dynamodbTable: backend.dynamodb_table,
      kmsKeyId: backend.kms_key_id,
    },
  };
}
