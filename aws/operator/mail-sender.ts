import { type CognitoIdentityProviderClient, DescribeUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";

/** Who the mails of a user pool come from; undefined where Cognito sends them itself. */
export async function readMailSender(
  cognito: CognitoIdentityProviderClient,
  userPoolId: string,
): Promise<string | undefined> {
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId }));
  const { EmailSendingAccount, From, SourceArn } = UserPool?.EmailConfiguration ?? {};
  return EmailSendingAccount === "DEVELOPER" ? (From ?? SourceArn ?? "SES") : undefined;
}
