import { DescribeContinuousBackupsCommand, DescribeTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

/** How a bucket keeps what is in it. */
export interface BucketSafety {
  readonly isVersioned: boolean;
  /** For example `aws:kms`; undefined where S3 says nothing of it. */
  readonly encryption: string | undefined;
  /** All four switches against the public are on. */
  readonly isClosed: boolean;
}

/** What S3 answers where a bucket has none of a thing; anything else is a failure. */
const absent = /^(NoSuchPublicAccessBlockConfiguration|ServerSideEncryptionConfigurationNotFoundError)$/;

async function unlessAbsent<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && absent.test(error.name)) return undefined;
    throw error;
  }
}

export async function readBucketSafety(s3: S3Client, Bucket: string): Promise<BucketSafety> {
  const [versioning, encryption, access] = await Promise.all([
    s3.send(new GetBucketVersioningCommand({ Bucket })),
    unlessAbsent(s3.send(new GetBucketEncryptionCommand({ Bucket }))),
    unlessAbsent(s3.send(new GetPublicAccessBlockCommand({ Bucket }))),
  ]);
  const [rule] = encryption?.ServerSideEncryptionConfiguration?.Rules ?? [];
  const block = access?.PublicAccessBlockConfiguration;
  return {
    isVersioned: versioning.Status === "Enabled",
    encryption: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
    isClosed: Boolean(
      block?.BlockPublicAcls && block.BlockPublicPolicy && block.IgnorePublicAcls && block.RestrictPublicBuckets,
    ),
  };
}

/** How a table can be told and brought back. */
export interface TableSafety {
  readonly keys: readonly string[];
  /** To any second of the last weeks. */
  readonly isRestorable: boolean;
}

export async function readTableSafety(dynamodb: DynamoDBClient, TableName: string): Promise<TableSafety> {
  const [{ Table }, { ContinuousBackupsDescription }] = await Promise.all([
    dynamodb.send(new DescribeTableCommand({ TableName })),
    dynamodb.send(new DescribeContinuousBackupsCommand({ TableName })),
  ]);
  const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
  return {
    keys: (Table?.KeySchema ?? []).map(({ AttributeName = "" }) => AttributeName),
    isRestorable: recovery === "ENABLED",
  };
}
