import { CloudWatchLogsClient, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, paginateListTables } from "@aws-sdk/client-dynamodb";
import {
  IvsClient,
  paginateListChannels,
  paginateListPlaybackKeyPairs,
  paginateListRecordingConfigurations,
} from "@aws-sdk/client-ivs";
import { IvschatClient, paginateListLoggingConfigurations, paginateListRooms } from "@aws-sdk/client-ivschat";
import { DescribeKeyCommand, KMSClient, paginateListAliases, paginateListKeys } from "@aws-sdk/client-kms";
import { LambdaClient, paginateListEventSourceMappings, paginateListFunctions } from "@aws-sdk/client-lambda";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { paginateListSecrets, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { paginateListQueues, SQSClient } from "@aws-sdk/client-sqs";
import type { Cloud } from "#local/cloud.ts";
import { call } from "../local/fixture/signature.ts";
import { clientOptions } from "./deployed.ts";

/** Names of what there is, by kind; kinds of which there is none are left out. */
export type Left = Readonly<Record<string, readonly string[]>>;

type Names = readonly (string | undefined)[];

async function named<Page>(pages: AsyncIterable<Page>, names: (page: Page) => Names | undefined): Promise<Names> {
  const found: (string | undefined)[] = [];
  for await (const page of pages) found.push(...(names(page) ?? []));
  return found;
}

/** Asks every list of the account's region, and the services' own search by tag, for what is there. */
export async function whatsLeft(cloud: Cloud): Promise<Left> {
  const options = clientOptions(cloud);
  const clients = {
    ivs: new IvsClient(options),
    chat: new IvschatClient(options),
    lambda: new LambdaClient(options),
    dynamodb: new DynamoDBClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    sqs: new SQSClient(options),
    logs: new CloudWatchLogsClient(options),
    kms: new KMSClient(options),
    secrets: new SecretsManagerClient(options),
  };
  const { ivs, chat, lambda, dynamodb, s3, sqs, logs, kms, secrets } = clients;
  const raw = async (service: string, how: { headers?: Record<string, string>; body?: string; path?: string }) => {
    const method = how.body === undefined ? "GET" : "POST";
    const { status, text } = await call(
      { ...how, method, service, region: options.region, endpoint: options.endpoint },
      options.credentials,
    );
    if (status >= 300) throw new Error(`${service}: ${status} ${text}`);
    return text;
  };
  const json = async (service: string, target: string, input: object = {}) => {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
    return JSON.parse(await raw(service, { headers, body: JSON.stringify(input) }));
  };
  const xml = async (service: string, Version: string, Action: string, element: string) => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const text = await raw(service, { headers, body: new URLSearchParams({ Action, Version }).toString() });
    return [...text.matchAll(new RegExp(`<${element}>([^<]+)</${element}>`, "g"))].map(([, name]) => name);
  };
  const livingKeys = async () => {
    const ids = await named(paginateListKeys({ client: kms }, {}), ({ Keys }) => Keys?.map(({ KeyId }) => KeyId));
    const keys = await Promise.all(ids.map((KeyId) => kms.send(new DescribeKeyCommand({ KeyId }))));
    return keys.flatMap(({ KeyMetadata: key }) =>
      key?.KeyState === "PendingDeletion" || key?.KeyManager === "AWS" ? [] : [key?.KeyId],
    );
  };
  const tagged = async () => {
    const TagFilters = [{ Key: "onair:environment" }];
    const { ResourceTagMappingList: list = [] } = await json(
      "tagging",
      "ResourceGroupsTaggingAPI_20170126.GetResources",
      { TagFilters },
    );
    const arns: string[] = list.map(({ ResourceARN }: { ResourceARN: string }) => ResourceARN);
    // A key is gone when its deletion is scheduled: KMS knows no other way.
    const living = await livingKeys();
    return arns.filter((arn) => !arn.includes(":kms:") || living.some((id) => arn.endsWith(`/${id}`)));
  };
  const asked: Record<string, Promise<Names>> = {
    buckets: s3.send(new ListBucketsCommand({})).then(({ Buckets = [] }) => Buckets.map(({ Name }) => Name)),
    tables: named(paginateListTables({ client: dynamodb }, {}), ({ TableNames }) => TableNames),
    functions: named(paginateListFunctions({ client: lambda }, {}), (page) =>
      page.Functions?.map((one) => one.FunctionName),
    ),
    mappings: named(paginateListEventSourceMappings({ client: lambda }, {}), (page) =>
      page.EventSourceMappings?.map((one) => one.UUID),
    ),
    queues: named(paginateListQueues({ client: sqs }, {}), ({ QueueUrls }) => QueueUrls),
    "log groups": named(paginateDescribeLogGroups({ client: logs }, {}), (page) =>
      page.logGroups?.map((one) => one.logGroupName),
    ),
    secrets: named(paginateListSecrets({ client: secrets }, {}), (page) => page.SecretList?.map((one) => one.Name)),
    keys: livingKeys(),
    aliases: named(paginateListAliases({ client: kms }, {}), (page) =>
      page.Aliases?.map((one) => one.AliasName).filter((name) => !name?.startsWith("alias/aws/")),
    ),
    channels: named(paginateListChannels({ client: ivs }, {}), (page) => page.channels?.map((one) => one.name)),
    "recording configurations": named(paginateListRecordingConfigurations({ client: ivs }, {}), (page) =>
      page.recordingConfigurations?.map((one) => one.name),
    ),
    "key pairs": named(paginateListPlaybackKeyPairs({ client: ivs }, {}), (page) =>
      page.keyPairs?.map((one) => one.name),
    ),
    rooms: named(paginateListRooms({ client: chat }, {}), (page) => page.rooms?.map((one) => one.name)),
    "logging configurations": named(paginateListLoggingConfigurations({ client: chat }, {}), (page) =>
      page.loggingConfigurations?.map((one) => one.name),
    ),
    roles: xml("iam", "2010-05-08", "ListRoles", "RoleName"),
    topics: xml("sns", "2010-03-31", "ListTopics", "TopicArn"),
    rules: json("events", "AWSEvents.ListRules").then(({ Rules = [] }) =>
      Rules.map(({ Name }: { Name: string }) => Name),
    ),
    pools: json("cognito-idp", "AWSCognitoIdentityProviderService.ListUserPools", { MaxResults: 60 }).then(
      ({ UserPools = [] }) => UserPools.map(({ Name }: { Name: string }) => Name),
    ),
    apis: raw("apigateway", { path: "/v2/apis" }).then(
      (text) => JSON.parse(text).items?.map(({ name }: { name: string }) => name) ?? [],
    ),
    alarms: xml("monitoring", "2010-08-01", "DescribeAlarms", "AlarmName"),
    dashboards: xml("monitoring", "2010-08-01", "ListDashboards", "DashboardName"),
    tagged: tagged(),
  };
  try {
    const answers = await Promise.all(
      Object.entries(asked).map(async ([kind, names]) => [kind, [...(await names)].sort()] as const),
    );
    return Object.fromEntries(answers.filter(([, names]) => names.length > 0)) as Left;
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}
