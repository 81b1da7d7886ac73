import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { LambdaClient, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clientOptions, type DeployedCloud, deployedCloud } from "#__tests__/support/deployed.ts";
import type { Finding } from "#cli/doctor/finding.ts";
import { runProgram } from "#cli/onair/program.ts";
import { projectRoot } from "#cli/project.ts";
import { writeRunFile } from "#local/run-files.ts";
import { readBackend, stateKey } from "#settings/backend.ts";
import { said } from "../users/fixture/own-platform.ts";

let deployed: DeployedCloud;
let folder: string;

beforeAll(async () => {
  deployed = await deployedCloud();
  folder = join(deployed.folder, "cloud");
  await writeRunFile(join(folder, "run.json"), { pid: process.pid, ...deployed.cloud });
  mkdirSync(join(folder, "cdktf.out"), { recursive: true });
  symlinkSync(deployed.output, join(folder, "cdktf.out/dev"));
  // The clock of the tests stood still since the platform was deployed.
  expect(await onair("reconcile", "streams")).toMatchObject({ code: 0 });
});
afterAll(() => deployed[Symbol.asyncDispose]());

const onair = (...args: string[]) => said((terminal) => runProgram([...args, "--folder", folder], "0.0.0", terminal));

async function doctor(): Promise<{ readonly code: number; readonly findings: Readonly<Record<string, Finding>> }> {
  const { code, output, errors } = await onair("doctor", "--json");
  if (output === "") throw new Error(errors);
  const { findings } = JSON.parse(output).data as { readonly findings: readonly Finding[] };
  return { code, findings: Object.fromEntries(findings.map((finding) => [finding.name, finding])) };
}

it("finds nothing wrong with a platform that was just deployed, but what a laptop lacks", async () => {
  const { code, findings } = await doctor();
  const notOk = Object.values(findings).filter(({ state }) => state !== "ok");
  expect(notOk.map(({ name, state, seen }) => [state, name, seen])).toEqual([
    ["warn", "mail sender", "Cognito itself, which sends about 50 mails a day"],
  ]);
  expect(code).toBe(0);
  expect(Object.keys(findings)).toEqual([
    ...["versions", "providers", "account", "state bucket", "lock table", "locks", "outputs"],
    ...["functions", "dead letters", "last observe pass", "quotas", "playback keys", "mail sender", "alarms"],
  ]);
});

it("says what is broken, each thing by itself, and ends with 1", async () => {
  const options = clientOptions(deployed.cloud);
  const [lambda, sqs] = [new LambdaClient(options), new SQSClient(options)];
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const { bucket, dynamodb_table: table } = readBackend(projectRoot, "dev", []);
  await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: "Suspended" } }));
  const QueueName = "onair-dev-accounts-work-dead-letters";
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "{}" }));
  const FunctionName = "onair-dev-accounts-live-state-stream-state";
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: {} } }));
  const dynamodb = new DynamoDBClient(options);
  const Info = { ID: "715bd78b", Who: "ana@laptop", Created: "2026-01-02T12:00:00Z", Operation: "OperationTypeApply" };
  const LockID = { S: `${bucket}/${stateKey("dev", "platform")}` };
  await dynamodb.send(new PutItemCommand({ TableName: table, Item: { LockID, Info: { S: JSON.stringify(Info) } } }));
  const cloudWatch = new CloudWatchClient(options);
  const Dimensions = [{ Name: "FunctionName", Value: "onair-dev-accounts-provisioning-work-accounts" }];
  const MetricData = [{ MetricName: "LoggedErrors", Value: 1, Dimensions }];
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: "Onair", MetricData }));
  for (const client of [lambda, sqs, s3, dynamodb, cloudWatch]) client.destroy();

  const { code, findings } = await doctor();
  expect(code).toBe(1);
  expect(findings).toMatchObject({
    "state bucket": { state: "fail", seen: `${bucket}: not versioned` },
    "dead letters": { state: "fail", seen: `1 in ${QueueName}` },
    functions: { state: "fail", seen: `${FunctionName} lacks TABLE_NAME, WEBHOOK_QUEUE_URL` },
    "lock table": { state: "ok" },
    locks: { state: "fail", seen: "ana@laptop holds the lock of platform since 2026-01-02T12:00:00Z" },
    alarms: { state: "warn", seen: expect.stringContaining("onair-dev-operations-worker-errors: ") },
  });
  const { errors } = await onair("doctor");
  expect(errors).toContain("4 checks failed.");
  expect(errors.trimEnd()).toMatch(/UNHEALTHY$/);
});
