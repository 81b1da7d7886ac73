import type { STSClient } from "@aws-sdk/client-sts";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";

/** The account, twelve digits, that the credentials at hand belong to. Needs no permission. */
export async function callerAccount(sts: STSClient): Promise<string> {
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  if (!Account) throw new Error("STS GetCallerIdentity answered without an account.");
  return Account;
}
