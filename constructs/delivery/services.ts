import type { AwsStack } from "../core/aws-stack.ts";

/** One service of those that stacks are made of: which of its resources are ours, and which calls are made. */
export interface Service {
  /** For statement ids: letters and digits. */
  readonly name: string;
  readonly prefix: string;
  /** ARNs of what an environment may have. */
  readonly resources: (stack: AwsStack, names: string) => readonly string[];
  /** ARNs of those that an apply may make or change. @default `resources` */
  readonly changes?: (stack: AwsStack, names: string) => readonly string[];
  /** What a plan asks for; none where AWS knows no resource of the service. */
  readonly reads: readonly string[];
  /** What an apply does besides. */
  readonly writes: readonly string[];
  /** Actions of which AWS knows no resource (service authorization reference). */
  readonly onAll?: { readonly reads?: readonly string[]; readonly writes?: readonly string[] };
}

const crud = (thing: string, ...verbs: readonly string[]): readonly string[] => verbs.map((verb) => `${verb}${thing}`);
const TAGS = ["TagResource", "UntagResource"] as const;

/**
 * What plans, reviews and converge ask for, and applies do: what the AWS provider calls for the types of resources in our
 * stacks, as it was seen to do on the local cloud, and what the service authorization reference adds.
 */
const SERVICES: readonly Service[] = [
  {
    name: "Api",
    prefix: "apigateway",
    resources: (stack) =>
      ["/apis", "/apis/*", "/tags/*"].map((path) => `arn:${stack.partition}:apigateway:${stack.region}::${path}`),
    reads: ["GET"],
    writes: ["POST", "PUT", "PATCH", "DELETE", ...TAGS],
  },
  {
    name: "Metrics",
    prefix: "cloudwatch",
    resources: (stack, names) => [
      stack.arn("cloudwatch", `alarm:${names}`),
      `arn:${stack.partition}:cloudwatch::${stack.accountId}:dashboard/${names}`,
    ],
    reads: ["DescribeAlarms", "GetDashboard", "ListTagsForResource"],
    writes: ["PutMetricAlarm", "DeleteAlarms", "PutDashboard", "DeleteDashboards", ...TAGS],
  },
  {
    // Cloud Control: it makes the calls of the service whose resource it is with the rights of who asks, nothing else.
    name: "Control",
    prefix: "cloudformation",
    resources: () => [],
    reads: [],
    writes: [],
    onAll: {
      reads: ["GetResource", "GetResourceRequestStatus"],
      writes: crud("Resource", "Create", "Update", "Delete"),
    },
  },
  {
    name: "Users",
    prefix: "cognito-idp",
    resources: (stack) => [stack.arn("cognito-idp", "userpool/*")],
    reads: ["DescribeUserPool", "GetUserPoolMfaConfig", "DescribeUserPoolClient", "GetGroup", "ListTagsForResource"],
    writes: [
      ...["UpdateUserPool", "DeleteUserPool", "SetUserPoolMfaConfig"],
      ...crud("UserPoolClient", "Create", "Update", "Delete"),
      ...crud("Group", "Create", "Update", "Delete"),
      ...TAGS,
    ],
    onAll: { writes: ["CreateUserPool"] },
  },
  {
    name: "Tables",
    prefix: "dynamodb",
    resources: (stack, names) => [stack.arn("dynamodb", `table/${names}`)],
    reads: ["DescribeTable", "DescribeContinuousBackups", "DescribeTimeToLive", "ListTagsOfResource"],
    writes: [
      ...crud("Table", "Create", "Update", "Delete"),
      ...["UpdateContinuousBackups", "UpdateTimeToLive", ...TAGS],
    ],
  },
  {
    name: "Events",
    prefix: "events",
    resources: (stack, names) => [stack.arn("events", `rule/${names}`)],
    reads: ["DescribeRule", "ListTargetsByRule", "ListTagsForResource"],
    writes: ["PutRule", "DeleteRule", "PutTargets", "RemoveTargets", ...TAGS],
  },
  {
    name: "Roles",
    prefix: "iam",
    resources: (stack, names) => [roleArn(stack, names)],
    reads: ["GetRole", "GetRolePolicy", "ListRolePolicies", "ListAttachedRolePolicies", "ListInstanceProfilesForRole"],
    // What gives rights is in apply-policy.ts, under conditions.
    writes: ["UpdateRole", "UpdateAssumeRolePolicy", "DeleteRole", "DeleteRolePolicy", "TagRole", "UntagRole"],
  },
  {
    name: "Ivs",
    prefix: "ivs",
    resources: (stack) =>
      ["channel", "playback-key", "playback-restriction-policy", "recording-configuration", "stream-key"].map((kind) =>
        stack.arn("ivs", `${kind}/*`),
      ),
    reads: [
      ...["GetChannel", "BatchGetChannel", "ListChannels", "ListStreams", "ListTagsForResource"],
      ...["GetPlaybackKeyPair", "ListPlaybackKeyPairs", "GetRecordingConfiguration", "ListRecordingConfigurations"],
      "GetPlaybackRestrictionPolicy",
    ],
    writes: [
      ...crud("Channel", "Create", "Update", "Delete"),
      ...crud("PlaybackKeyPair", "Import", "Delete"),
      ...crud("PlaybackRestrictionPolicy", "Create", "Update", "Delete"),
      ...crud("RecordingConfiguration", "Create", "Delete"),
      ...TAGS,
    ],
  },
  {
    name: "Chat",
    prefix: "ivschat",
    resources: (stack) => ["room", "logging-configuration"].map((kind) => stack.arn("ivschat", `${kind}/*`)),
    reads: ["GetRoom", "ListRooms", "GetLoggingConfiguration", "ListLoggingConfigurations", "ListTagsForResource"],
    writes: [
      ...crud("Room", "Create", "Update", "Delete"),
      ...crud("LoggingConfiguration", "Create", "Update", "Delete"),
      ...TAGS,
    ],
  },
  {
    name: "Keys",
    prefix: "kms",
    resources: (stack, names) => [stack.arn("kms", "key/*"), stack.arn("kms", `alias/${names}`)],
    reads: ["DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "GetPublicKey", "ListResourceTags"],
    writes: [...["PutKeyPolicy", "ScheduleKeyDeletion"], ...crud("Alias", "Create", "Update", "Delete"), ...TAGS],
    onAll: { reads: ["ListAliases"], writes: ["CreateKey"] },
  },
  {
    name: "Functions",
    prefix: "lambda",
    resources: (stack, names) => [
      stack.arn("lambda", `function:${names}`),
      stack.arn("lambda", "event-source-mapping:*"),
    ],
    reads: [
      ...["GetFunction", "GetFunctionConfiguration", "GetFunctionCodeSigningConfig", "ListVersionsByFunction"],
      ...["GetPolicy", "GetEventSourceMapping", "ListTags"],
    ],
    writes: [
      ...["CreateFunction", "UpdateFunctionCode", "UpdateFunctionConfiguration", "DeleteFunction"],
      ...["AddPermission", "RemovePermission", "UpdateEventSourceMapping", "DeleteEventSourceMapping", ...TAGS],
    ],
    onAll: { writes: ["CreateEventSourceMapping"] },
  },
  {
    name: "Logs",
    prefix: "logs",
    resources: (stack) => [stack.arn("logs", "log-group:*")],
    changes: (stack, names) =>
      ["lambda", "vendedlogs/*"].map((place) => stack.arn("logs", `log-group:/aws/${place}/${names}`)),
    reads: ["DescribeLogGroups", "ListTagsForResource"],
    writes: ["CreateLogGroup", "DeleteLogGroup", "PutRetentionPolicy", ...TAGS],
    onAll: {
      reads: ["DescribeResourcePolicies"],
      // Chat logging sets up a delivery on behalf of whoever makes its configuration.
      writes: [
        ...crud("ResourcePolicy", "Put", "Delete"),
        ...crud("LogDelivery", "Create", "Get", "Update", "Delete"),
        "ListLogDeliveries",
      ],
    },
  },
  {
    name: "Buckets",
    prefix: "s3",
    resources: (stack, names) => [bucketArn(stack, names)],
    reads: [
      ...["ListBucket", "GetAccelerateConfiguration", "GetEncryptionConfiguration", "GetLifecycleConfiguration"],
      ...["GetReplicationConfiguration", "GetBucketAcl", "GetBucketCORS", "GetBucketLocation", "GetBucketLogging"],
      ...["GetBucketObjectLockConfiguration", "GetBucketOwnershipControls", "GetBucketPolicy"],
      ...["GetBucketPublicAccessBlock", "GetBucketRequestPayment", "GetBucketTagging", "GetBucketVersioning"],
      "GetBucketWebsite",
    ],
    writes: [
      ...["CreateBucket", "DeleteBucket", "PutEncryptionConfiguration", "PutLifecycleConfiguration"],
      ...["PutBucketCORS", "PutBucketOwnershipControls", "PutBucketPolicy", "DeleteBucketPolicy"],
      ...["PutBucketPublicAccessBlock", "PutBucketTagging"],
    ],
  },
  {
    name: "Topics",
    prefix: "sns",
    resources: (stack, names) => [stack.arn("sns", names)],
    reads: ["GetTopicAttributes", "GetSubscriptionAttributes", "ListTagsForResource"],
    writes: ["CreateTopic", "SetTopicAttributes", "DeleteTopic", "Subscribe", "Unsubscribe", ...TAGS],
  },
  {
    name: "Queues",
    prefix: "sqs",
    resources: (stack, names) => [stack.arn("sqs", names)],
    reads: ["GetQueueAttributes", "ListQueueTags"],
    writes: ["CreateQueue", "SetQueueAttributes", "DeleteQueue", "TagQueue", "UntagQueue"],
  },
];

/** Those of which AWS knows resources. */
export const SERVICES_WITH_RESOURCES = SERVICES.filter(({ reads }) => reads.length > 0);

/** The actions of one service as policies name them. */
export const actionsOf = ({ prefix }: Service, names: readonly string[] = []): string[] =>
  names.map((name) => `${prefix}:${name}`);

/** Those of all services of which AWS knows no resource. */
export const actionsOnAll = (kind: "reads" | "writes"): string[] =>
  SERVICES.flatMap((service) => actionsOf(service, service.onAll?.[kind]));

export const roleArn = (stack: AwsStack, name: string): string =>
  `arn:${stack.partition}:iam::${stack.accountId}:role/${name}`;

export const bucketArn = (stack: AwsStack, path: string): string => `arn:${stack.partition}:s3:::${path}`;
