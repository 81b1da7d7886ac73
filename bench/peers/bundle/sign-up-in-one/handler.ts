import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { Ivs } from "@aws-sdk/client-ivs";
import { Ivschat } from "@aws-sdk/client-ivschat";
import { DynamoDBDocument } from "@aws-sdk/lib-dynamodb";

const ivs = new Ivs({});
const chat = new Ivschat({});
const cognito = new CognitoIdentityProvider({});
const documents = DynamoDBDocument.from(new DynamoDB({}));

interface ConfirmedSignUp {
  readonly userName: string;
  readonly userPoolId: string;
  readonly request: { readonly userAttributes: { readonly sub: string; readonly nickname?: string } };
}

/** How sign-up triggers usually are: the channel, the room and the row are made while the user waits. */
export const handler = async (event: ConfirmedSignUp) => {
  const { sub, nickname = sub } = event.request.userAttributes;
  const { channel, streamKey } = await ivs.createChannel({ name: sub, tags: { sub } });
  const room = await chat.createRoom({ name: sub, tags: { sub } });
  await documents.put({
    TableName: process.env.TABLE_NAME,
    Item: { pk: sub, nickname, channelArn: channel?.arn, streamKeyArn: streamKey?.arn, roomArn: room.arn },
  });
  await cognito.adminUpdateUserAttributes({
    UserPoolId: event.userPoolId,
    Username: event.userName,
    UserAttributes: [{ Name: "custom:channelArn", Value: channel?.arn }],
  });
  return event;
};
