import { STSClient } from "@aws-sdk/client-sts";
import { callerAccount } from "#aws/state-backend/caller.ts";
import type { ChosenEnvironment } from "../environment.ts";
import { CliError } from "../terminal/cli-error.ts";
import { awsFailure } from "./aws-failure.ts";

/**
 * Refuses credentials of an account that the environment does not allow, before anything is made: Terraform refuses them
 * too, but only once the bucket, whose name is then taken for everybody, and the table are there.
 *
 * @param account the caller's, twelve digits
 */
export function refuseOtherAccount(
  { name, allowedAccountIds }: Pick<ChosenEnvironment, "name" | "allowedAccountIds">,
  account: string,
  again: string,
): void {
  if (allowedAccountIds.length === 0 || allowedAccountIds.includes(account)) return;
  throw new CliError(
    "ACCOUNT_NOT_ALLOWED",
    `The credentials belong to account ${account}, and environment ${name} allows ${allowedAccountIds.join(", ")}.`,
    "Nothing was made.",
    `Use other credentials, or change allowedAccountIds in cdktf.json, then: ${again}`,
  );
}

/**
 * Likewise for whose credentials this process has.
 *
 * @throws CliError ACCOUNT_NOT_ALLOWED, AWS_REFUSED, AWS_UNREACHABLE
 */
export async function refuseOtherCaller(
  environment: Pick<ChosenEnvironment, "name" | "region" | "allowedAccountIds">,
  again: string,
): Promise<void> {
  const sts = new STSClient({ region: environment.region });
  try {
    refuseOtherAccount(environment, await callerAccount(sts), again);
  } catch (thrown) {
    throw awsFailure(thrown, again);
  } finally {
    sts.destroy();
  }
}
