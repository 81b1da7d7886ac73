import type { AwsStack } from "../core/aws-stack.ts";
import type { Statement } from "../core/policy.ts";
import { bucketArn } from "./services.ts";
import { lockTableArn, type States } from "./state-access.ts";

/** What functions do at the most, by service: a function's own policy names its resources. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  "cognito-idp": ["AdminDeleteUser", "AdminGetUser", "AdminListGroupsForUser", "ListUsers"],
  dynamodb: [
    ...[
      "BatchGetItem",
      "BatchWriteItem",
      "ConditionCheckItem",
      "DeleteItem",
      "DescribeStream",
      "GetItem",
      "GetRecords",
    ],
    ...["GetShardIterator", "ListStreams", "PutItem", "Query", "UpdateItem"],
  ],
  ivs: [
    ...["BatchGetChannel", "BatchStartViewerSessionRevocation", "CreateChannel", "CreateStreamKey", "DeleteChannel"],
    ...[
      "DeleteStreamKey",
      "GetChannel",
      "GetStream",
      "GetStreamKey",
      "GetStreamSession",
      "ListChannels",
      "ListStreamKeys",
    ],
    ...["ListStreamSessions", "ListStreams", "ListTagsForResource", "PutMetadata", "StartViewerSessionRevocation"],
    ...["StopStream", "TagResource", "UpdateChannel"],
  ],
  ivschat: [
    ...["CreateChatToken", "CreateRoom", "DeleteMessage", "DeleteRoom", "DisconnectUser", "GetRoom", "ListRooms"],
    ...["ListTagsForResource", "SendEvent", "TagResource", "UpdateRoom"],
  ],
  kms: ["Sign"],
  lambda: ["InvokeFunction"],
  logs: ["CreateLogStream", "PutLogEvents"],
  s3: ["AbortMultipartUpload", "DeleteObject", "GetObject", "ListBucket", "PutObject"],
  secretsmanager: ["GetSecretValue"],
  sns: ["Publish"],
  sqs: ["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "ReceiveMessage", "SendMessage"],
};

export interface WorkloadProps {
  /** What the names of resources match, for example `onair-dev-*`. */
  readonly names: string;
  /** What the names of secrets match. */
  readonly secrets: string;
  readonly states: States;
}

/** The boundary of functions: no right over rights, none over states and locks, and nothing of other environments. */
export function workloadStatements(stack: AwsStack, { names, secrets, states }: WorkloadProps): Statement[] {
  const resources: Readonly<Record<string, readonly string[]>> = {
    "cognito-idp": [stack.arn("cognito-idp", "userpool/*")],
    dynamodb: [stack.arn("dynamodb", `table/${names}`)],
    ivs: [stack.arn("ivs", "*")],
    ivschat: [stack.arn("ivschat", "*")],
    kms: [stack.arn("kms", "key/*")],
    lambda: [stack.arn("lambda", `function:${names}`)],
    logs: [stack.arn("logs", "log-group:*")],
    s3: [bucketArn(stack, names)],
    secretsmanager: [stack.arn("secretsmanager", `secret:${secrets}`)],
    sns: [stack.arn("sns", names)],
    sqs: [stack.arn("sqs", names)],
  };
  return [
    ...Object.entries(RUNS).map(([prefix, names]) => ({
      sid: `Run${prefix.replaceAll("-", "")}`,
      actions: names.map((name) => `${prefix}:${name}`),
      resources: resources[prefix] ?? [],
    })),
    { sid: "RunOnAll", actions: ["cloudwatch:GetMetricData"], resources: ["*"] },
    {
      sid: "LeaveStates",
      effect: "Deny",
      actions: RUNS.s3?.map((name) => `s3:${name}`) ?? [],
      resources: [bucketArn(stack, states.bucket), bucketArn(stack, `${states.bucket}/*`)],
    },
    {
      sid: "LeaveLocks",
      effect: "Deny",
      actions: RUNS.dynamodb?.map((name) => `dynamodb:${name}`) ?? [],
      resources: [lockTableArn(stack, states)],
    },
  ];
}
