import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { Ivs } from "@aws-sdk/client-ivs";
import { Ivschat } from "@aws-sdk/client-ivschat";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { DynamoDBDocument } from "@aws-sdk/lib-dynamodb";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";

const ivs = new Ivs({});
const chat = new Ivschat({});
const cognito = new CognitoIdentityProvider({});
const cloudWatch = new CloudWatch({});
const s3 = new S3({});
const sqs = new SQS({});
const documents = DynamoDBDocument.from(new DynamoDB({}));
const { TABLE_NAME: TableName, PICTURES_BUCKET = "", USER_POOL_ID: UserPoolId, WORK_QUEUE_URL: QueueUrl } = process.env;

interface ApiCall {
  readonly routeKey: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly requestContext: { readonly authorizer?: { readonly jwt: { readonly claims: { readonly sub: string } } } };
}

const json = (statusCode: number, body: unknown) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const views = (channelArn: string) => ({
  Namespace: "AWS/IVS",
  MetricName: "ConcurrentViews",
  Dimensions: [{ Name: "Channel", Value: channelArn }],
  Statistics: ["Maximum" as const],
  Period: 60,
  StartTime: new Date(Date.now() - 3_600_000),
  EndTime: new Date(),
});

/** How such an API usually is: one function for all routes, with a whole client for every service that one needs. */
export const handler = async ({ routeKey, pathParameters, body = "", requestContext }: ApiCall) => {
  if (routeKey === "GET /public/live") {
    const { Items } = await documents.scan({ TableName, FilterExpression: "attribute_exists(live)" });
    return json(200, { channels: Items });
  }
  const sub = requestContext.authorizer?.jwt.claims.sub ?? "";
  const { Item: row } = await documents.get({ TableName, Key: { pk: pathParameters?.name ?? sub } });
  if (!row) return json(404, { message: "Not Found" });
  switch (routeKey) {
    case "GET /public/channels/{name}":
      return json(200, row);
    case "POST /public/channels/{name}/chat-token":
      return json(200, await chat.createChatToken({ roomIdentifier: row.roomArn, userId: JSON.parse(body).guest }));
    case "GET /stream/me":
      return json(200, { ...row, user: await cognito.adminGetUser({ UserPoolId, Username: sub }) });
    case "DELETE /stream/me":
      return json(202, await sqs.sendMessage({ QueueUrl, MessageBody: sub }));
    case "GET /stream/me/stream-key":
      return json(200, await ivs.getStreamKey({ arn: row.streamKeyArn }));
    case "GET /stream/me/metrics":
      return json(200, await cloudWatch.getMetricStatistics(views(row.channelArn)));
    case "POST /stream/me/avatar":
      return json(200, await createPresignedPost(s3, { Bucket: PICTURES_BUCKET, Key: sub }));
    default:
      return json(404, { message: "Not Found" });
  }
};
