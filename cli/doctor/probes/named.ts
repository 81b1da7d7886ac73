import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import { DeleteFunctionCommand, LambdaClient, paginateListFunctions } from "@aws-sdk/client-lambda";
import { DeleteBucketCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { patient } from "./session.ts";

/**
 * Removes what Terraform made under a run's name and was killed before it wrote that down: a function, its log group, a
 * bucket. Roles are left, which cost nothing. Returns how much.
 */
export async function removeNamed(region: string, run: string): Promise<number> {
  const options = { region, ...patient };
  const [lambda, logs, s3] = [
    new LambdaClient(options),
    new CloudWatchLogsClient(options),
    new S3Client({ ...options, forcePathStyle: true }),
  ];
  let removed = 0;
  try {
    for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
      for (const { FunctionName } of Functions.filter(({ FunctionName: name }) => name?.startsWith(run))) {
        await lambda.send(new DeleteFunctionCommand({ FunctionName }));
        removed += 1;
      }
    }
    const logGroupNamePrefix = `/aws/lambda/${run}`;
    for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, { logGroupNamePrefix })) {
      for (const { logGroupName } of logGroups) await logs.send(new DeleteLogGroupCommand({ logGroupName }));
      removed += logGroups.length;
    }
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    for (const { Name: Bucket } of Buckets.filter(({ Name }) => Name?.startsWith(run))) {
      await s3.send(new DeleteBucketCommand({ Bucket }));
      removed += 1;
    }
    return removed;
  } finally {
    for (const client of [lambda, logs, s3]) client.destroy();
  }
}
