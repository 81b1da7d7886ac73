type Input = Readonly<Record<string, unknown>>;

/** Which IAM actions one call of the SDK takes. */
export interface Rule {
  /** Whatever its arguments. */
  readonly possible: readonly string[];
  of(input: Input): readonly string[];
}

const just = (...actions: readonly string[]): Rule => ({ possible: actions, of: () => actions });

/** A call that makes something: with tags on it, it takes the right to tag, too. */
const creates = (action: string): Rule => {
  const tagging = `${action.split(":")[0]}:TagResource`;
  return {
    possible: [action, tagging],
    of: ({ tags = {} }) => (Object.keys(tags as object).length > 0 ? [action, tagging] : [action]),
  };
};

/** A transaction is no action: each of its parts is, by what it does. */
const transaction = (parts: Readonly<Record<string, string>>): Rule => ({
  possible: Object.values(parts),
  of: ({ TransactItems = [] }) => {
    const kinds = (TransactItems as readonly object[]).flatMap((item) => Object.keys(item));
    return [...new Set(kinds.map((kind) => parts[kind] ?? `no part ${kind}`))];
  },
});

const writes = transaction({
  Put: "dynamodb:PutItem",
  Update: "dynamodb:UpdateItem",
  Delete: "dynamodb:DeleteItem",
  ConditionCheck: "dynamodb:ConditionCheckItem",
});

/** Calls that are named as their action is. */
const alike = (service: string, ...names: readonly string[]): Record<string, Rule> =>
  Object.fromEntries(names.map((name) => [`${name}Command`, just(`${service}:${name}`)]));

/** Functions of the SDK that walk over pages are as good as the command that they send. */
const pages = (service: string, ...names: readonly string[]): Record<string, Rule> =>
  Object.fromEntries(names.map((name) => [`paginate${name}`, just(`${service}:${name}`)]));

const ivsLists = ["ListChannels", "ListStreamKeys", "ListStreams", "ListStreamSessions"] as const;

/**
 * What each call of the SDK takes, by package and name; from the service authorization reference.
 *
 * Nothing here makes a service-linked role: recording and logging configurations, which do, are Terraform's.
 */
const SDK_CALLS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  "@aws-sdk/lib-dynamodb": {
    GetCommand: just("dynamodb:GetItem"),
    BatchGetCommand: just("dynamodb:BatchGetItem"),
    QueryCommand: just("dynamodb:Query"),
    paginateQuery: just("dynamodb:Query"),
    PutCommand: just("dynamodb:PutItem"),
    UpdateCommand: just("dynamodb:UpdateItem"),
    DeleteCommand: just("dynamodb:DeleteItem"),
    BatchWriteCommand: just("dynamodb:BatchWriteItem"),
    TransactWriteCommand: writes,
    TransactGetCommand: just("dynamodb:GetItem"),
  },
  "@aws-sdk/client-dynamodb": {
    ...alike("dynamodb", "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"),
    TransactWriteItemsCommand: writes,
    TransactGetItemsCommand: just("dynamodb:GetItem"),
  },
  "@aws-sdk/client-sqs": {
    ...alike("sqs", "SendMessage", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "ChangeMessageVisibility"),
    SendMessageBatchCommand: just("sqs:SendMessage"),
    DeleteMessageBatchCommand: just("sqs:DeleteMessage"),
  },
  "@aws-sdk/client-ivs": {
    CreateChannelCommand: creates("ivs:CreateChannel"),
    CreateStreamKeyCommand: creates("ivs:CreateStreamKey"),
    ...alike("ivs", "GetChannel", "UpdateChannel", "DeleteChannel", "GetStreamKey", "DeleteStreamKey", "GetStream"),
    ...alike("ivs", "StopStream", "GetStreamSession", "PutMetadata", "ListTagsForResource", "TagResource"),
    ...alike(
      "ivs",
      "BatchGetChannel",
      "StartViewerSessionRevocation",
      "BatchStartViewerSessionRevocation",
      ...ivsLists,
    ),
    ...pages("ivs", ...ivsLists),
  },
  "@aws-sdk/client-kms": alike("kms", "Sign"),
  "@aws-sdk/client-secrets-manager": alike("secretsmanager", "GetSecretValue"),
  "@aws-sdk/client-ivschat": {
    CreateRoomCommand: creates("ivschat:CreateRoom"),
    ...alike("ivschat", "GetRoom", "UpdateRoom", "DeleteRoom", "ListRooms", "CreateChatToken", "DisconnectUser"),
    ...alike("ivschat", "DeleteMessage", "SendEvent", "ListTagsForResource", "TagResource"),
    ...pages("ivschat", "ListRooms"),
  },
  "@aws-sdk/client-cognito-identity-provider": alike(
    "cognito-idp",
    "AdminGetUser",
    "AdminDeleteUser",
    "AdminDisableUser",
    "AdminUserGlobalSignOut",
    "AdminUpdateUserAttributes",
    "AdminListGroupsForUser",
    "ListUsers",
  ),
  "@aws-sdk/client-s3": {
    PutObjectCommand: just("s3:PutObject"),
    GetObjectCommand: just("s3:GetObject"),
    HeadObjectCommand: just("s3:GetObject"),
    DeleteObjectCommand: just("s3:DeleteObject"),
    DeleteObjectsCommand: just("s3:DeleteObject"),
    ListObjectsV2Command: just("s3:ListBucket"),
    paginateListObjectsV2: just("s3:ListBucket"),
    CreateMultipartUploadCommand: just("s3:PutObject"),
    UploadPartCommand: just("s3:PutObject"),
    CompleteMultipartUploadCommand: just("s3:PutObject"),
    AbortMultipartUploadCommand: just("s3:AbortMultipartUpload"),
    CopyObjectCommand: just("s3:GetObject", "s3:PutObject"),
  },
  // Signs only; whoever posts the form does it with the rights of who signed.
  "@aws-sdk/s3-presigned-post": { createPresignedPost: just("s3:PutObject") },
  "@aws-sdk/client-cloudwatch": {
    ...alike("cloudwatch", "GetMetricData", "GetMetricStatistics", "PutMetricData"),
    ...pages("cloudwatch", "GetMetricData"),
  },
  "@aws-sdk/client-lambda": { InvokeCommand: just("lambda:InvokeFunction") },
};

/** The row of a call; undefined where nobody has written one. */
export const ruleOf = (packageName: string, name: string): Rule | undefined => SDK_CALLS[packageName]?.[name];
