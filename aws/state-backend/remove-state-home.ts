import {
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  UpdateTableCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";

const tableTimeoutSeconds = 180;

const unlessNoBucket = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "NoSuchBucket") throw error;
  }
};

/** Keys of all states in the bucket; none where there is no bucket. */
export async function listStateKeys(s3: S3Client, bucket: string): Promise<string[]> {
  const keys: string[] = [];
  await unlessNoBucket(async () => {
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
      keys.push(...Contents.flatMap(({ Key }) => (Key?.endsWith(".tfstate") ? [Key] : [])));
    }
  });
  return keys;
}

/** Removes a bucket with every version of everything in it. Safe to call again. */
export async function removeVersionedBucket(s3: S3Client, bucket: string): Promise<void> {
  await unlessNoBucket(async () => {
    for (;;) {
      const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
      const objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
      if (objects.length === 0) break;
      const remove = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } });
      const { Errors: [kept] = [] } = await s3.send(remove);
      if (kept !== undefined) throw new Error(`S3 kept ${kept.Key} of bucket ${bucket}: ${kept.Code}`);
    }
    await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
  });
}

/** Takes a table's protection off and removes it. Safe to call again, also while it is being removed. */
export async function removeProtectedTable(dynamodb: DynamoDBClient, TableName: string): Promise<void> {
  const waiting = { client: dynamodb, maxWaitTime: tableTimeoutSeconds };
  try {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus !== "DELETING") {
      await dynamodb.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
      // While it is being updated, DynamoDB removes no table.
      await waitUntilTableExists(waiting, { TableName });
      await dynamodb.send(new DeleteTableCommand({ TableName }));
    }
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return;
    throw error;
  }
  await waitUntilTableNotExists(waiting, { TableName });
}
