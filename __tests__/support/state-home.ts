import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { projectRoot } from "#cli/project.ts";
import type { Cloud } from "#local/cloud.ts";
import { readBackend } from "#settings/backend.ts";
import { clientOptions } from "./deployed.ts";

/** Makes the bucket and the table that backend.tf.json names, in an empty cloud, and other buckets. */
export async function makeStateHome(cloud: Cloud, ...otherBuckets: readonly string[]): Promise<void> {
  const { bucket, dynamodb_table: table } = readBackend(projectRoot, "dev", []);
  const s3 = new S3Client({ ...clientOptions(cloud), forcePathStyle: true });
  const dynamodb = new DynamoDBClient(clientOptions(cloud));
  for (const name of [bucket, ...otherBuckets]) await s3.send(new CreateBucketCommand({ Bucket: name }));
  await dynamodb.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "LockID", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "LockID", KeyType: "HASH" }],
    }),
  );
  s3.destroy();
  dynamodb.destroy();
}
