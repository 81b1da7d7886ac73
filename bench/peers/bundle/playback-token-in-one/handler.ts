import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import jwt from "jsonwebtoken";

const secrets = new SecretsManager({});
const dynamodb = new DynamoDB({});

interface Event {
  readonly channelArn: string;
  readonly requestContext: { readonly authorizer: { readonly jwt: { readonly claims: { readonly sub: string } } } };
}

/** How tokens for private channels are usually made: whole clients, the key read from a secret, jsonwebtoken. */
export const handler = async ({ channelArn, requestContext }: Event) => {
  const { sub } = requestContext.authorizer.jwt.claims;
  const { Item } = await dynamodb.getItem({ TableName: "channels", Key: { arn: { S: channelArn }, sub: { S: sub } } });
  if (!Item) return { statusCode: 403, body: "" };
  const { SecretString = "" } = await secrets.getSecretValue({ SecretId: "playback-key" });
  const claims = { "aws:channel-arn": channelArn, "aws:access-control-allow-origin": "*", "aws:viewer-id": sub };
  const token = jwt.sign(claims, SecretString, { algorithm: "ES384", expiresIn: 300, noTimestamp: true });
  return { statusCode: 200, body: JSON.stringify({ token }) };
};
